<?php
defined('ABSPATH') || exit;

const PHONOMATON_TABLES = 'phonomaton_tables';
const PHONOMATON_TABLES_NOW = 2;

function phonomaton_table(string $name): string
{
    global $wpdb;
    return "{$wpdb->prefix}phonomaton_$name";
}

/**
 * Makes the plugin's tables, at the first request that finds them missing: an update of the files runs no activation.
 * Each withdrawal is a row of its own, so that none of several at once overwrites another.
 */
function phonomaton_make_tables(): void
{
    if ((int) get_option(PHONOMATON_TABLES) >= PHONOMATON_TABLES_NOW) {
        return;
    }
    global $wpdb;
    require_once ABSPATH . 'wp-admin/includes/upgrade.php';
    $withdrawals = phonomaton_table('withdrawals');
    $tries = phonomaton_table('tries');
    $collate = $wpdb->get_charset_collate();
    dbDelta("CREATE TABLE $withdrawals (
  id bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  ref char(36) NOT NULL,
  portrait char(36) NOT NULL,
  booth bigint(20) unsigned NOT NULL,
  code char(64) NOT NULL,
  at datetime NOT NULL,
  PRIMARY KEY  (id),
  UNIQUE KEY ref (ref),
  UNIQUE KEY portrait (portrait,booth),
  KEY code (code)
) $collate;");
    dbDelta("CREATE TABLE $tries (
  name char(40) NOT NULL,
  full_until bigint(20) NOT NULL,
  PRIMARY KEY  (name)
) $collate;");
    foreach ([$withdrawals, $tries] as $table) {
        if ($wpdb->get_var($wpdb->prepare('SHOW TABLES LIKE %s', $wpdb->esc_like($table))) !== $table) {
            return;
        }
    }
    // What the first version noted and no booth has heard of yet. It did not say whose a portrait was: any booth may ask.
    $asked = get_option('phonomaton_withdrawals', []);
    foreach (is_array($asked) ? $asked : [] as $portrait => $at) {
        if (phonomaton_is_id((string) $portrait)) {
            phonomaton_note((string) $portrait, 0, '');
        }
    }
    delete_option('phonomaton_withdrawals');
    update_option(PHONOMATON_TABLES, PHONOMATON_TABLES_NOW, true);
}
add_action('init', 'phonomaton_make_tables', 1);
register_activation_hook(__DIR__ . '/phonomaton-compagnon.php', 'phonomaton_make_tables');

/** Whether this is a portrait's id, whole and as the booth writes it. */
function phonomaton_is_id(string $text): bool
{
    return preg_match('/\A[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\z/', $text) === 1;
}
