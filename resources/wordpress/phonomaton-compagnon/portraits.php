<?php
defined('ABSPATH') || exit;

// What makes a post a portrait: three metas that only a booth's account may write, and no part of its address.
//
// The third is a seal over the thing's own number, the portrait, the hash of its code and the account that declared it,
// with the site's secret. So a copy of the metas (a plugin that duplicates posts, an import, a hand in the database) makes
// no second portrait of it.

const PHONOMATON_PORTRAIT = '_phonomaton_portrait';
const PHONOMATON_CODE = '_phonomaton_code';
const PHONOMATON_SEAL = '_phonomaton_seal';
/** Portraits told in one answer. */
const PHONOMATON_PAGE = 500;

add_action('init', function (): void {
    foreach ([PHONOMATON_PORTRAIT, PHONOMATON_CODE, PHONOMATON_SEAL] as $key) {
        register_meta('post', $key, [
            'type' => 'string',
            'single' => true,
            'show_in_rest' => false,
            // The underscore keeps them out of forms; this out of every other way in (XML-RPC, ajax, other plugins).
            'auth_callback' => function ($allowed, $key, $post, $user): bool {
                return phonomaton_is_booth((int) $user);
            },
        ]);
    }
});

/** A code as it is stored: letters and digits only, hashed with the site's own secret. Empty where it can be none. */
function phonomaton_hash(string $code): string
{
    $plain = strtoupper(preg_replace('/[^a-z0-9]/i', '', $code));
    return strlen($plain) < 6 || strlen($plain) > 12 ? '' : hash_hmac('sha256', $plain, wp_salt('auth'));
}

function phonomaton_seal(int $id, string $portrait, string $hash, int $booth): string
{
    return $booth . ':' . hash_hmac('sha256', "phonomaton seal|$id|$portrait|$hash|$booth", wp_salt('auth'));
}

/**
 * What a post or an attachment is declared to be; null for everything else.
 *
 * @return array{portrait: string, hash: string, booth: int}|null
 */
function phonomaton_declared(int $id): ?array
{
    $portrait = (string) get_post_meta($id, PHONOMATON_PORTRAIT, true);
    $hash = (string) get_post_meta($id, PHONOMATON_CODE, true);
    $seal = (string) get_post_meta($id, PHONOMATON_SEAL, true);
    $booth = (int) $seal;
    if (!phonomaton_is_id($portrait) || !hash_equals(phonomaton_seal($id, $portrait, $hash, $booth), $seal)) {
        return null;
    }
    return ['portrait' => $portrait, 'hash' => $hash, 'booth' => $booth];
}

/**
 * Everything that bears a meta with this value and is what it says, whatever its state: a post in the bin or back to a
 * draft is its speaker's as before.
 *
 * @return array<int, array{portrait: string, hash: string, booth: int}>
 */
function phonomaton_find(string $key, string $value): array
{
    global $wpdb;
    $ids = $wpdb->get_col($wpdb->prepare(
        "SELECT m.post_id FROM {$wpdb->postmeta} m JOIN {$wpdb->posts} p ON p.ID = m.post_id
         WHERE m.meta_key = %s AND m.meta_value = %s ORDER BY m.post_id",
        $key,
        $value
    ));
    $found = [];
    foreach ($ids as $id) {
        $declared = phonomaton_declared((int) $id);
        $at = $key === PHONOMATON_PORTRAIT ? 'portrait' : 'hash';
        if ($declared !== null && hash_equals($declared[$at], $value)) {
            $found[(int) $id] = $declared;
        }
    }
    return $found;
}

/** The booth says: this post and these sounds are that portrait, and this is its code. */
function phonomaton_declare(WP_REST_Request $request)
{
    $portrait = (string) $request['portrait'];
    $hash = phonomaton_hash((string) $request['code']);
    $post = (int) $request['post'];
    $things = array_merge([$post], array_map('intval', (array) $request['sounds']));
    if ($hash === '' || !phonomaton_is_id($portrait) || count($things) > 20) {
        return new WP_Error('phonomaton_invalid', 'Not a portrait.', ['status' => 400]);
    }
    foreach ($things as $id) {
        $type = get_post_type($id);
        if ($type !== ($id === $post ? 'post' : 'attachment')) {
            return new WP_Error('phonomaton_not_there', 'No such post or sound.', ['status' => 404]);
        }
        if (!current_user_can('edit_post', $id)) {
            return new WP_Error('phonomaton_not_yours', 'Not a post of this account.', ['status' => 403]);
        }
    }
    $booth = get_current_user_id();
    // What one booth has declared no other one takes over.
    $taken = phonomaton_find(PHONOMATON_PORTRAIT, $portrait);
    foreach ($things as $id) {
        $taken[$id] = phonomaton_declared($id);
    }
    foreach (array_filter($taken) as $other) {
        if ($other['booth'] !== $booth && phonomaton_is_booth($other['booth'])) {
            return new WP_Error('phonomaton_taken', 'Declared by another booth.', ['status' => 409]);
        }
    }
    foreach ($things as $id) {
        update_post_meta($id, PHONOMATON_PORTRAIT, $portrait);
        update_post_meta($id, PHONOMATON_CODE, $hash);
        update_post_meta($id, PHONOMATON_SEAL, phonomaton_seal($id, $portrait, $hash, $booth));
    }
    return ['portrait' => $portrait];
}

/** What this booth has declared here and still stands, so that it can declare what is missing. */
function phonomaton_list_declared(WP_REST_Request $request): array
{
    global $wpdb;
    $ids = array_map('intval', $wpdb->get_col($wpdb->prepare(
        "SELECT DISTINCT m.post_id FROM {$wpdb->postmeta} m JOIN {$wpdb->posts} p ON p.ID = m.post_id
         WHERE m.meta_key = %s AND p.post_type = 'post' AND m.post_id > %d ORDER BY m.post_id LIMIT %d",
        PHONOMATON_SEAL,
        (int) $request['after'],
        PHONOMATON_PAGE
    )));
    update_meta_cache('post', $ids);
    $mine = [];
    foreach ($ids as $id) {
        $declared = phonomaton_declared($id);
        if ($declared !== null && $declared['booth'] === get_current_user_id()) {
            $mine[] = ['post' => $id, 'portrait' => $declared['portrait']];
        }
    }
    return ['portraits' => $mine, 'next' => count($ids) < PHONOMATON_PAGE ? null : end($ids)];
}

add_action('rest_api_init', function (): void {
    register_rest_route('phonomaton/v2', '/portraits', [
        'methods' => 'GET',
        'permission_callback' => 'phonomaton_by_booth',
        'callback' => 'phonomaton_list_declared',
        'args' => ['after' => ['type' => 'integer', 'minimum' => 0, 'default' => 0]],
    ]);
    register_rest_route('phonomaton/v2', '/portraits/(?P<portrait>[0-9a-f-]{36})', [
        'methods' => 'POST',
        'permission_callback' => 'phonomaton_by_booth',
        'callback' => 'phonomaton_declare',
        'args' => [
            'post' => ['type' => 'integer', 'minimum' => 1, 'required' => true],
            'sounds' => ['type' => 'array', 'items' => ['type' => 'integer', 'minimum' => 1], 'default' => []],
            'code' => ['type' => 'string', 'required' => true],
        ],
    ]);
});
