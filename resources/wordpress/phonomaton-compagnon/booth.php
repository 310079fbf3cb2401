<?php
defined('ABSPATH') || exit;

// Accounts of booths. An account that may publish is not yet a booth: authors and editors are people. An administrator
// chooses the booth's account on the settings page; the account itself can only ask to be chosen.

const PHONOMATON_BOOTHS = 'phonomaton_booths';
const PHONOMATON_ASKING = 'phonomaton_asking';
/** Accounts that ask and are shown; whoever comes later is found in the list of all accounts. */
const PHONOMATON_MOST_ASKING = 5;

/** @return int[] */
function phonomaton_booths(): array
{
    return array_map('intval', (array) get_option(PHONOMATON_BOOTHS, []));
}

/** Whether an account is a booth's, and still may publish. */
function phonomaton_is_booth(int $user): bool
{
    return $user > 0 && in_array($user, phonomaton_booths(), true) && user_can($user, 'publish_posts');
}

/** For the routes that only a booth may use. */
function phonomaton_by_booth(): bool
{
    return phonomaton_is_booth(get_current_user_id());
}

function phonomaton_set_booth(int $user, bool $is): void
{
    $others = array_values(array_diff(phonomaton_booths(), [$user]));
    update_option(PHONOMATON_BOOTHS, $is ? array_merge($others, [$user]) : $others, false);
    $asking = array_map('intval', (array) get_option(PHONOMATON_ASKING, []));
    update_option(PHONOMATON_ASKING, array_values(array_diff($asking, [$user])), false);
}

// The number of an account that is gone must not open anything, should it ever be given again.
add_action('deleted_user', function ($user): void {
    phonomaton_set_booth((int) $user, false);
});

add_action('rest_api_init', function (): void {
    register_rest_route('phonomaton/v2', '/booth', [
        'methods' => 'POST',
        'permission_callback' => function (): bool {
            return current_user_can('publish_posts');
        },
        'callback' => function (): array {
            $user = get_current_user_id();
            if (phonomaton_is_booth($user)) {
                return ['booth' => true];
            }
            $asking = array_map('intval', (array) get_option(PHONOMATON_ASKING, []));
            if (!in_array($user, $asking, true) && count($asking) < PHONOMATON_MOST_ASKING) {
                update_option(PHONOMATON_ASKING, array_merge($asking, [$user]), false);
            }
            return ['booth' => false];
        },
    ]);
});
