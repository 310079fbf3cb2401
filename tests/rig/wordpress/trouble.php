<?php
// What plugins, hosts and careless code do to a site, one at a time: the server says which in RIG_TROUBLE.
$trouble = (string) ($_SERVER['RIG_TROUBLE'] ?? $_SERVER['REDIRECT_RIG_TROUBLE'] ?? '');
$path = (string) parse_url($_SERVER['REQUEST_URI'] ?? '', PHP_URL_PATH);
$method = $_SERVER['REQUEST_METHOD'] ?? 'GET';

function rig_page(int $status, string $body): void
{
    status_header($status);
    header('Content-Type: text/html; charset=utf-8');
    echo $body;
    exit;
}

switch ($trouble) {
    case 'closed':
        // As plugins do that keep REST to themselves.
        add_filter('rest_authentication_errors', fn () => new WP_Error(
            'rest_cannot_access',
            'Only authenticated users can access the REST API.',
            ['status' => 401]
        ), 200);
        break;
    case 'closedAsForbidden':
        add_filter('rest_authentication_errors', fn () => new WP_Error('rest_disabled', 'REST is off.', ['status' => 403]), 200);
        break;
    case 'closedToStrangers':
        add_filter('rest_authentication_errors', fn ($known) => is_user_logged_in() ? $known : new WP_Error(
            'rest_not_logged_in',
            'You are not currently logged in.',
            ['status' => 401]
        ), 200);
        break;
    case 'passwordsOff':
        add_filter('wp_is_application_passwords_available', '__return_false');
        break;
    case 'oldDoorShut':
        add_filter('xmlrpc_enabled', '__return_false');
        break;
    case 'accountsHidden':
        add_filter('rest_pre_dispatch', fn ($result, $server, $request) => str_starts_with($request->get_route(), '/wp/v2/users')
            ? new WP_Error('rest_user_cannot_view', 'Accounts are hidden.', ['status' => 401]) : $result, 10, 3);
        break;
    case 'noRest':
        remove_action('parse_request', 'rest_api_loaded');
        break;
    case 'fatal':
        add_action('rest_api_init', fn () => throw new Error('a plugin that does not fit'));
        break;
    case 'challenge':
        if (str_contains($path, 'wp-json') || isset($_GET['rest_route'])) {
            rig_page(200, '<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>'
                . '<script src="/cdn-cgi/challenge-platform/h/b/orchestrate"></script></body></html>');
        }
        break;
    case 'cut':
        add_filter('rest_pre_serve_request', function ($served, $result) use ($method) {
            if ($method === 'GET') {
                return $served;
            }
            echo substr((string) wp_json_encode($result->get_data()), 0, -9);
            return true;
        }, 10, 2);
        break;
    case 'slow':
        sleep(4);
        break;
    case 'noisy':
        // Before the answer's headers, as with display_errors, and after it.
        add_filter('rest_pre_serve_request', function ($served) {
            echo "\n<br />\n<b>Warning</b>:  Undefined array key \"x\" in <b>/www/plugins/a.php</b> on line <b>3</b><br />\n";
            add_action('shutdown', fn () => print("\n<!-- cached by {\"nobody\": [1]} -->"));
            return $served;
        });
        break;
    case 'noisyOnce':
        add_filter('rest_pre_serve_request', function ($served) use ($method) {
            if ($method === 'POST' && str_contains((string) file_get_contents('php://input'), '"publish"') && !get_option('rig_noisy')) {
                update_option('rig_noisy', '1');
                echo "PHP Warning:  Attempt to read property \"post_name\" on null in /www/plugins/seo.php on line 88\n";
            }
            return $served;
        });
        break;
}
