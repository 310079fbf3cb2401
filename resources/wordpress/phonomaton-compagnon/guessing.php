<?php
defined('ABSPATH') || exit;

// Guessing. Only wrong codes count, and nobody is shut out: a measure that is full lets the next try through as soon as it
// has run down a little. Somebody with the right code waits a minute at worst and presses again, also behind a proxy where
// all share one address.
//
// The measures of the whole site hold whoever guesses from many addresses. Codes are drawn from 25 signs:
//   8 signs: 25^8 = 1.5e11 (37 bits). One wrong code every 4 s is 7.9 million a year; with 5,000 portraits on the site a
//            guesser who never stops finds one in 7.9e6 * 5000 / 1.5e11 = 0.26 a year.
//   6 signs: 25^6 = 2.4e8 (28 bits), the codes of before. At the pace of above it would be 10 a year for 300 portraits, so
//            they have a measure of their own: one a minute is 525,600 a year, 0.65 found a year.
// What is found so is off the site until a host puts it back; the booth keeps the recording for its days of grace.

/** Wrong codes at once, and seconds until one is forgotten: for an address, for codes of 8 signs, for those of 6. */
const PHONOMATON_MEASURES = ['address' => [20, 20], 'long' => [300, 4], 'short' => [60, 60]];

/** @return array<string, array{0: int, 1: int}> names of the measures a try is held to */
function phonomaton_measures(string $code): array
{
    $short = strlen(preg_replace('/[^a-z0-9]/i', '', $code)) < 8;
    $all = $short ? 'short' : 'long';
    // The address itself is not kept.
    $address = substr(hash_hmac('sha256', phonomaton_address(), wp_salt('nonce')), 0, 40);
    return [$address => PHONOMATON_MEASURES['address'], $all => PHONOMATON_MEASURES[$all]];
}

/**
 * The visitor's address. What a header says of it is believed only of a proxy on this machine or in its own network;
 * anybody may write the header. Sites behind another proxy can say better by the filter; without it they are slower to
 * everybody while somebody guesses, and no more.
 */
function phonomaton_address(): string
{
    $address = (string) ($_SERVER['REMOTE_ADDR'] ?? '');
    $public = filter_var($address, FILTER_VALIDATE_IP, FILTER_FLAG_NO_PRIV_RANGE | FILTER_FLAG_NO_RES_RANGE);
    if ($public === false) {
        $told = explode(',', (string) ($_SERVER['HTTP_X_FORWARDED_FOR'] ?? ''));
        $last = filter_var(trim((string) end($told)), FILTER_VALIDATE_IP);
        $address = $last === false ? $address : $last;
    }
    $address = (string) apply_filters('phonomaton_address', $address);
    // A household has a whole network of them.
    $packed = filter_var($address, FILTER_VALIDATE_IP, FILTER_FLAG_IPV6) === false ? false : inet_pton($address);
    return $packed === false ? $address : bin2hex(substr($packed, 0, 8));
}

/** Whether a code may be tried now. */
function phonomaton_may_try(string $code): bool
{
    global $wpdb;
    $table = phonomaton_table('tries');
    $now = (int) (microtime(true) * 1000);
    foreach (phonomaton_measures($code) as $name => [$most, $seconds]) {
        $full = (int) $wpdb->get_var($wpdb->prepare("SELECT full_until FROM $table WHERE name = %s", $name));
        if ($full - $now > ($most - 1) * $seconds * 1000) {
            return false;
        }
    }
    return true;
}

/** A wrong code counts, in one statement each: of many at once none is missed. */
function phonomaton_wrong(string $code): void
{
    global $wpdb;
    $table = phonomaton_table('tries');
    $now = (int) (microtime(true) * 1000);
    foreach (phonomaton_measures($code) as $name => [, $seconds]) {
        $wpdb->query($wpdb->prepare(
            "INSERT INTO $table (name, full_until) VALUES (%s, %d)
             ON DUPLICATE KEY UPDATE full_until = GREATEST(full_until, %d) + %d",
            $name,
            $now + $seconds * 1000,
            $now,
            $seconds * 1000
        ));
    }
    $wpdb->query($wpdb->prepare("DELETE FROM $table WHERE full_until < %d LIMIT 100", $now));
}
