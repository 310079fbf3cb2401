<?php
defined('ABSPATH') || exit;

/** Withdrawals told in one answer. */
const PHONOMATON_TOLD = 200;

/** Writes a withdrawal down as a row of its own; once for each portrait until its booth has heard. False if it could not. */
function phonomaton_note(string $portrait, int $booth, string $hash): bool
{
    global $wpdb;
    $table = phonomaton_table('withdrawals');
    $done = $wpdb->query($wpdb->prepare(
        "INSERT IGNORE INTO $table (ref, portrait, booth, code, at) VALUES (%s, %s, %d, %s, %s)",
        wp_generate_uuid4(),
        $portrait,
        $booth,
        $hash,
        gmdate('Y-m-d H:i:s')
    ));
    if ($done === 1) {
        return true;
    }
    return $wpdb->get_var($wpdb->prepare("SELECT id FROM $table WHERE portrait = %s AND booth = %d", $portrait, $booth)) !== null;
}

/** Whether a code has just taken its portrait down: who presses twice has not guessed. */
function phonomaton_just_done(string $hash): bool
{
    global $wpdb;
    $table = phonomaton_table('withdrawals');
    return $wpdb->get_var($wpdb->prepare("SELECT 1 FROM $table WHERE code = %s LIMIT 1", $hash)) !== null;
}

/**
 * Takes a portrait down for good: its sounds first, since a post alone would leave them public. Noted before anything is
 * removed: the booth has to hear of it even if this ends in the middle. False if it could not be noted; nothing is
 * removed then, and the person can try again.
 */
function phonomaton_take_down(string $portrait): bool
{
    $things = phonomaton_find(PHONOMATON_PORTRAIT, $portrait);
    foreach ($things as ['booth' => $booth, 'hash' => $hash]) {
        if (!phonomaton_note($portrait, $booth, $hash)) {
            return false;
        }
    }
    foreach (array_keys($things) as $id) {
        if (get_post_type($id) === 'attachment') {
            wp_delete_attachment($id, true);
        }
    }
    foreach (array_keys($things) as $id) {
        wp_delete_post($id, true);
    }
    return true;
}

/** The rows an account is told: its own, and those of accounts that are no booth any more, which nobody else would hear. */
function phonomaton_own_rows(): string
{
    $others = array_diff(phonomaton_booths(), [get_current_user_id()]);
    return $others === [] ? '1 = 1' : 'booth NOT IN (' . implode(',', array_map('intval', $others)) . ')';
}

add_action('rest_api_init', function (): void {
    register_rest_route('phonomaton/v2', '/withdrawals', [
        'methods' => 'GET',
        'permission_callback' => 'phonomaton_by_booth',
        'args' => ['after' => ['type' => 'integer', 'minimum' => 0, 'default' => 0]],
        'callback' => function (WP_REST_Request $request): array {
            global $wpdb;
            $rows = $wpdb->get_results($wpdb->prepare(
                'SELECT id, ref, portrait, at FROM ' . phonomaton_table('withdrawals')
                . ' WHERE ' . phonomaton_own_rows() . ' AND id > %d ORDER BY id LIMIT %d',
                (int) $request['after'],
                PHONOMATON_TOLD
            ));
            $told = [];
            foreach ($rows as $row) {
                $at = str_replace(' ', 'T', $row->at) . 'Z';
                $told[] = ['ref' => $row->ref, 'portrait' => $row->portrait, 'at' => $at];
            }
            $last = count($rows) < PHONOMATON_TOLD ? null : (int) end($rows)->id;
            return ['withdrawals' => $told, 'next' => $last];
        },
    ]);
    register_rest_route('phonomaton/v2', '/withdrawals/(?P<ref>[0-9a-f-]{36})', [
        'methods' => 'DELETE',
        'permission_callback' => 'phonomaton_by_booth',
        'callback' => function (WP_REST_Request $request): array {
            global $wpdb;
            $done = $wpdb->query($wpdb->prepare(
                'DELETE FROM ' . phonomaton_table('withdrawals') . ' WHERE ref = %s AND ' . phonomaton_own_rows(),
                (string) $request['ref']
            ));
            return ['deleted' => $done === 1];
        },
    ]);
});
