<?php
defined('ABSPATH') || exit;

// The public page, [phonomaton_retrait].

add_shortcode('phonomaton_retrait', function ($given): string {
    ['lang' => $language] = shortcode_atts(['lang' => get_locale()], $given, 'phonomaton_retrait');
    $say = phonomaton_texts((string) $language);
    $code = phonomaton_posted('phonomaton_code');
    if ($code === '') {
        return phonomaton_form($say, '');
    }
    nocache_headers();
    if (!wp_verify_nonce(phonomaton_posted('phonomaton_nonce'), 'phonomaton_retrait')) {
        return phonomaton_form($say, $say['again']);
    }
    if (!phonomaton_may_try($code)) {
        return phonomaton_form($say, $say['wait']);
    }
    $hash = phonomaton_hash($code);
    $found = $hash === '' ? [] : phonomaton_find(PHONOMATON_CODE, $hash);
    if ($found === [] && $hash !== '' && phonomaton_just_done($hash)) {
        return '<p role="status">' . esc_html($say['done']) . '</p>';
    }
    if ($found === []) {
        phonomaton_wrong($code);
        return phonomaton_form($say, $say['unknown']);
    }
    $portraits = array_column($found, 'portrait');
    $wanted = phonomaton_posted('phonomaton_sure');
    if (!in_array($wanted, $portraits, true)) {
        // Two booths may have given the same code: who it is, the title says.
        $titles = [];
        foreach ($found as $id => ['portrait' => $portrait]) {
            if (get_post_type($id) !== 'attachment' || !isset($titles[$portrait])) {
                $titles[$portrait] = (string) get_post_field('post_title', $id);
            }
        }
        return implode('', array_map(function (string $portrait, string $title) use ($say, $code): string {
            return phonomaton_confirm($say, $portrait, $title, $code);
        }, array_keys($titles), $titles));
    }
    if (!phonomaton_take_down($wanted)) {
        return phonomaton_form($say, $say['trouble']);
    }
    return '<p role="status">' . esc_html($say['done']) . '</p>';
});

/** A field of the form, as text; a list in its place is none. */
function phonomaton_posted(string $name): string
{
    $value = $_POST[$name] ?? '';
    return is_string($value) ? sanitize_text_field(wp_unslash($value)) : '';
}

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
function phonomaton_confirm(array $say, string $portrait, string $title, string $code): string
{
    return '<form method="post" action="">' . wp_nonce_field('phonomaton_retrait', 'phonomaton_nonce', true, false)
        . '<input type="hidden" name="phonomaton_code" value="' . esc_attr($code) . '">'
        . '<input type="hidden" name="phonomaton_sure" value="' . esc_attr($portrait) . '">'
        . '<p>' . esc_html($say['yours']) . ' <strong>' . esc_html(wp_strip_all_tags($title)) . '</strong></p>'
        . '<p>' . esc_html($say['sure']) . '</p>'
        . '<p><button type="submit">' . esc_html($say['withdraw']) . '</button></p></form>';
}
