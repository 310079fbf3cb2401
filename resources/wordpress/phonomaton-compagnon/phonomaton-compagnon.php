<?php
/**
 * Plugin Name: Phonomaton, compagnon
 * Description: Une page où l’on retire son portrait sonore avec le code reçu à la cabine. Code court : [phonomaton_retrait], ou [phonomaton_retrait lang="nl"] pour une autre langue que celle du site. Choisissez le compte de la cabine dans Réglages → Phonomaton.
 * Version: 2.0.0
 * Requires at least: 5.9
 * Requires PHP: 7.4
 * License: MIT
 *
 * The booth declares each portrait it has brought here, with its code; only a keyed hash of the code is kept. With the
 * code its owner takes page and sound down at once, and the booth learns of it the next time it asks. Nothing else of
 * the site is touched. Who the booth is, an administrator says, and nobody else: see booth.php.
 */

defined('ABSPATH') || exit;

require_once __DIR__ . '/texts.php';
require_once __DIR__ . '/tables.php';
require_once __DIR__ . '/booth.php';
require_once __DIR__ . '/settings.php';
require_once __DIR__ . '/portraits.php';
require_once __DIR__ . '/withdrawals.php';
require_once __DIR__ . '/guessing.php';
require_once __DIR__ . '/page.php';
