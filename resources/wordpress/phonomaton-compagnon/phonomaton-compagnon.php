<?php
/**
 * Plugin Name: Phonomaton, compagnon
 * Description: Une page où l’on retire son portrait sonore avec le code reçu à la cabine. Code court : [phonomaton_retrait], ou [phonomaton_retrait lang="nl"] pour une autre langue que celle du site.
 * Version: 1.0.0
 * Requires at least: 5.9
 * Requires PHP: 7.4
 * License: MIT
 *
 * The booth sends each portrait with its code; only a keyed hash of it is kept here. With the code its owner takes page
 * and sound down at once, and the booth learns of it the next time it asks. Nothing else of the site is touched.
 */

defined('ABSPATH') || exit;

require_once __DIR__ . '/texts.php';

const PHONOMATON_CODE = '_phonomaton_code';
const PHONOMATON_ASKED = 'phonomaton_withdrawals';
/** Tries with a wrong code: for one address in a quarter of an hour, and for the whole site in an hour. */
const PHONOMATON_TRIES = 10;
const PHONOMATON_TRIES_OF_ALL = 200;

/** A code as it is stored: letters and digits only, hashed with the site's own secret. Empty where it can be none. */
function phonomaton_hash(string $code): string
{
    $plain = strtoupper(preg_replace('/[^a-z0-9]/i', '', $code));
    return strlen($plain) < 6 || strlen($plain) > 12 ? '' : hash_hmac('sha256', $plain, wp_salt('auth'));
}

/** The portrait a code belongs to, while it is on the site. */
function phonomaton_portrait(string $code): ?WP_Post
{
    $hash = phonomaton_hash($code);
    if ($hash === '') {
        return null;
    }
    $found = get_posts([
        'post_type' => 'post',
        'post_status' => 'any',
        'numberposts' => 1,
        'meta_key' => PHONOMATON_CODE,
        'meta_value' => $hash,
    ]);
    return $found[0] ?? null;
}

/** Takes a portrait down for good: its sounds first, since a post alone would leave them public. */
function phonomaton_take_down(WP_Post $post): void
{
    global $wpdb;
    if (!preg_match('/^portrait-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/', $post->post_name, $match)) {
        return;
    }
    $portrait = $match[1];
    // Noted before anything is removed: the booth has to hear of it even if this ends in the middle.
    $asked = get_option(PHONOMATON_ASKED, []);
    $asked[$portrait] = gmdate('Y-m-d\TH:i:s\Z');
    update_option(PHONOMATON_ASKED, $asked, false);
    $sounds = $wpdb->get_col($wpdb->prepare(
        "SELECT ID FROM {$wpdb->posts} WHERE post_type = 'attachment' AND post_name LIKE %s",
        $wpdb->esc_like("portrait-$portrait") . '%'
    ));
    foreach ($sounds as $sound) {
        wp_delete_attachment((int) $sound, true);
    }
    wp_delete_post($post->ID, true);
}

add_action('rest_api_init', function (): void {
    // The booth writes the code together with the post, and never reads it back.
    register_rest_field('post', 'phonomaton_code', [
        'update_callback' => function ($code, WP_Post $post) {
            $hash = phonomaton_hash((string) $code);
            if ($hash !== '') {
                update_post_meta($post->ID, PHONOMATON_CODE, $hash);
            }
            return true;
        },
        'schema' => ['type' => 'string', 'context' => []],
    ]);
    $may = function () {
        return current_user_can('publish_posts');
    };
    register_rest_route('phonomaton/v1', '/withdrawals', [
        'methods' => 'GET',
        'permission_callback' => $may,
        'callback' => function () {
            $all = [];
            foreach (get_option(PHONOMATON_ASKED, []) as $portrait => $at) {
                $all[] = ['portrait' => $portrait, 'at' => $at];
            }
            return $all;
        },
    ]);
    register_rest_route('phonomaton/v1', '/withdrawals/(?P<portrait>[0-9a-f-]{36})', [
        'methods' => 'DELETE',
        'permission_callback' => $may,
        'callback' => function (WP_REST_Request $request) {
            $asked = get_option(PHONOMATON_ASKED, []);
            unset($asked[$request['portrait']]);
            update_option(PHONOMATON_ASKED, $asked, false);
            return ['deleted' => true];
        },
    ]);
});

/** Whether this visitor may try a code now; a wrong one counts with phonomaton_wrong(). */
function phonomaton_may_try(): bool
{
    return (int) get_transient(phonomaton_own_tries()) < PHONOMATON_TRIES
        && (int) get_transient('phonomaton_tries') < PHONOMATON_TRIES_OF_ALL;
}
function phonomaton_own_tries(): string
{
    // The address itself is not kept.
    return 'phonomaton_' . substr(hash_hmac('sha256', $_SERVER['REMOTE_ADDR'] ?? '', wp_salt('nonce')), 0, 24);
}
function phonomaton_wrong(): void
{
    foreach ([phonomaton_own_tries() => 15, 'phonomaton_tries' => 60] as $name => $minutes) {
        set_transient($name, (int) get_transient($name) + 1, $minutes * MINUTE_IN_SECONDS);
    }
}

add_shortcode('phonomaton_retrait', function ($given): string {
    ['lang' => $language] = shortcode_atts(['lang' => get_locale()], $given, 'phonomaton_retrait');
    $say = phonomaton_texts($language);
    $code = isset($_POST['phonomaton_code']) ? sanitize_text_field(wp_unslash($_POST['phonomaton_code'])) : '';
    if ($code === '') {
        return phonomaton_form($say, '');
    }
    nocache_headers();
    if (!wp_verify_nonce($_POST['phonomaton_nonce'] ?? '', 'phonomaton_retrait')) {
        return phonomaton_form($say, $say['again']);
    }
    if (!phonomaton_may_try()) {
        return phonomaton_form($say, $say['wait']);
    }
    $post = phonomaton_portrait($code);
    if ($post === null) {
        phonomaton_wrong();
        return phonomaton_form($say, $say['unknown']);
    }
    if (($_POST['phonomaton_sure'] ?? '') !== 'yes') {
        return phonomaton_confirm($say, $post, $code);
    }
    phonomaton_take_down($post);
    return '<p role="status">' . esc_html($say['done']) . '</p>';
});

/** @param array<string, string> $say */
function phonomaton_form(array $say, string $trouble): string
{
    $nonce = wp_nonce_field('phonomaton_retrait', 'phonomaton_nonce', true, false);
    $alert = $trouble === '' ? '' : '<p role="alert">' . esc_html($trouble) . '</p>';
    // The code of a QR code stands behind the #, which no server sees; the page puts it into the field.
    $fill = 'var c=document.getElementById("phonomaton-code");if(!c.value&&location.hash.length>1)'
        . 'c.value=decodeURIComponent(location.hash.slice(1));';
    return $alert . '<form method="post" action="">' . $nonce
        . '<p>' . esc_html($say['lead']) . '</p>'
        . '<p><label for="phonomaton-code">' . esc_html($say['code']) . '</label> '
        . '<input id="phonomaton-code" name="phonomaton_code" required maxlength="12" autocomplete="off"'
        . ' autocapitalize="characters" spellcheck="false"></p>'
        . '<p><button type="submit">' . esc_html($say['next']) . '</button></p></form>'
        . "<script>$fill</script>";
}

/** @param array<string, string> $say */
function phonomaton_confirm(array $say, WP_Post $post, string $code): string
{
    return '<form method="post" action="">' . wp_nonce_field('phonomaton_retrait', 'phonomaton_nonce', true, false)
        . '<input type="hidden" name="phonomaton_code" value="' . esc_attr($code) . '">'
        . '<input type="hidden" name="phonomaton_sure" value="yes">'
        . '<p>' . esc_html($say['yours']) . ' <strong>' . esc_html(wp_strip_all_tags($post->post_title)) . '</strong></p>'
        . '<p>' . esc_html($say['sure']) . '</p>'
        . '<p><button type="submit">' . esc_html($say['withdraw']) . '</button></p></form>';
}
