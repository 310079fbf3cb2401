<?php
defined('ABSPATH') || exit;

// Réglages → Phonomaton: where an administrator says which account is the booth's.

add_action('admin_menu', function (): void {
    add_options_page('Phonomaton', 'Phonomaton', 'manage_options', 'phonomaton', 'phonomaton_settings_page');
});

add_action('admin_notices', function (): void {
    $waits = phonomaton_booths() === [] || (array) get_option(PHONOMATON_ASKING, []) !== [];
    if (!$waits || !current_user_can('manage_options')) {
        return;
    }
    printf(
        '<div class="notice notice-warning"><p>%s <a href="%s">%s</a></p></div>',
        esc_html('Phonomaton : dites quel compte est celui de la cabine.'),
        esc_url(admin_url('options-general.php?page=phonomaton')),
        esc_html('Choisir le compte')
    );
});

add_action('admin_post_phonomaton_booth', function (): void {
    if (!current_user_can('manage_options')) {
        wp_die(esc_html('Seul·e un·e administrateur·rice choisit le compte de la cabine.'), '', ['response' => 403]);
    }
    check_admin_referer('phonomaton_booth');
    $user = (int) ($_POST['user'] ?? 0);
    $is = ($_POST['is'] ?? '') === 'yes';
    if (!$is || user_can($user, 'publish_posts')) {
        phonomaton_set_booth($user, $is);
    }
    wp_safe_redirect(admin_url('options-general.php?page=phonomaton'));
    exit;
});

function phonomaton_settings_page(): void
{
    $booths = phonomaton_booths();
    $asking = array_map('intval', (array) get_option(PHONOMATON_ASKING, []));
    echo '<div class="wrap"><h1>Phonomaton</h1>';
    echo '<p>' . esc_html(
        'Seul le compte choisi ici peut déclarer un portrait, lire les retraits et dire qu’il les a entendus. '
        . 'Prenez le compte que la cabine utilise dans ses destinations, et que personne d’autre n’utilise.'
    ) . '</p><h2>' . esc_html('Comptes de la cabine') . '</h2>';
    if ($booths === []) {
        echo '<p>' . esc_html('Aucun pour l’instant : les codes des tickets ne fonctionnent pas encore sur ce site.') . '</p>';
    }
    foreach ($booths as $id) {
        phonomaton_account_form($id, false, 'Ce n’est plus la cabine');
    }
    $waiting = array_diff($asking, $booths);
    if ($waiting !== []) {
        echo '<h2>' . esc_html('Ces comptes demandent à l’être') . '</h2>';
        echo '<p>' . esc_html('Ne confirmez que le compte que vous avez donné à la cabine.') . '</p>';
        foreach ($waiting as $id) {
            phonomaton_account_form($id, true, 'Confirmer ce compte');
        }
    }
    $others = array_filter(get_users(['capability' => 'publish_posts']), function ($user) use ($booths) {
        return !in_array((int) $user->ID, $booths, true);
    });
    if ($others !== []) {
        echo '<h2>' . esc_html('Choisir un compte') . '</h2>' . phonomaton_form_head(true)
            . '<label for="phonomaton-user">' . esc_html('Compte') . '</label> <select id="phonomaton-user" name="user">';
        foreach ($others as $user) {
            printf('<option value="%d">%s</option>', (int) $user->ID, esc_html($user->user_login));
        }
        echo '</select> <button class="button button-primary">' . esc_html('C’est la cabine') . '</button></form>';
    }
    echo '</div>';
}

function phonomaton_form_head(bool $is): string
{
    return '<form method="post" action="' . esc_url(admin_url('admin-post.php')) . '">'
        . '<input type="hidden" name="action" value="phonomaton_booth">'
        . '<input type="hidden" name="is" value="' . ($is ? 'yes' : 'no') . '">'
        . wp_nonce_field('phonomaton_booth', '_wpnonce', true, false);
}

function phonomaton_account_form(int $id, bool $is, string $act): void
{
    $user = get_userdata($id);
    echo phonomaton_form_head($is) . '<p><input type="hidden" name="user" value="' . $id . '"><strong>'
        . esc_html($user ? $user->user_login : "n° $id") . '</strong> <button class="button">' . esc_html($act)
        . '</button></p></form>';
}
