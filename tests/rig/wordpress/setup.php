<?php
// Installs the site and its accounts without a browser; prints the lines of env.sh.
[, $root, $site, $permalinks] = $argv;
$_SERVER['HTTP_HOST'] = parse_url($site, PHP_URL_HOST) . ':' . parse_url($site, PHP_URL_PORT);
$_SERVER['REQUEST_URI'] = '/';
$_SERVER['REQUEST_METHOD'] = 'GET';
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';

// The installer would send a mail.
function wp_new_blog_notification(): void
{
}

define('WP_INSTALLING', true);
require "$root/wp-load.php";
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install("Banc d'essai", 'admin', 'admin@example.test', false, '', wp_generate_password(24, false));
update_option('timezone_string', 'Europe/Paris');
update_option('permalink_structure', $permalinks === 'plain' ? '' : '/%postname%/');
flush_rewrite_rules(false);
// The sample post and page would be counted with the portraits.
foreach (get_posts(['post_type' => ['post', 'page'], 'post_status' => 'any', 'numberposts' => -1]) as $sample) {
    wp_delete_post($sample->ID, true);
}

if (getenv('COMPANION')) {
    $plugin = basename(getenv('COMPANION'));
    update_option('active_plugins', ["$plugin/$plugin.php"]);
}

printf("export WORDPRESS_URL='%s'\n", $site);
$accounts = [
    'kiosk' => 'editor',
    'redacteur' => 'editor',
    'auteur' => 'author',
    'contributeur' => 'contributor',
    'lecteur' => 'subscriber',
    'patron' => 'administrator',
];
foreach ($accounts as $login => $role) {
    $id = wp_insert_user([
        'user_login' => $login,
        // Known, so that a test can sign in on the pages too; the site is on loopback and thrown away.
        'user_pass' => "$login-password",
        'user_email' => "$login@example.test",
        'role' => $role,
    ]);
    if ($login === 'kiosk' && getenv('COMPANION') && getenv('COMPANION_BOOTH') !== 'nobody') {
        update_option('phonomaton_booths', [$id], false);
    }
    [$password] = WP_Application_Passwords::create_new_application_password($id, ['name' => 'rig']);
    printf("export WORDPRESS_PASSWORD_%s='%s'\n", strtoupper($login), WP_Application_Passwords::chunk_password($password));
}
