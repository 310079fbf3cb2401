<?php
// What the plugin noted goes with it; the portraits stay.
defined('WP_UNINSTALL_PLUGIN') || exit;
global $wpdb;
foreach (['withdrawals', 'tries'] as $table) {
    $wpdb->query("DROP TABLE IF EXISTS {$wpdb->prefix}phonomaton_$table");
}
foreach (['phonomaton_withdrawals', 'phonomaton_tables', 'phonomaton_booths', 'phonomaton_asking'] as $option) {
    delete_option($option);
}
foreach (['_phonomaton_portrait', '_phonomaton_code', '_phonomaton_seal'] as $key) {
    delete_post_meta_by_key($key);
}
