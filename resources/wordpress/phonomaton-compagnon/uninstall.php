<?php
// What the plugin noted goes with it; the portraits stay.
defined('WP_UNINSTALL_PLUGIN') || exit;
delete_option('phonomaton_withdrawals');
delete_post_meta_by_key('_phonomaton_code');
