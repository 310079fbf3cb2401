<?php
defined('ABSPATH') || exit;

/**
 * The page's words in the site's language; French where there is no other.
 *
 * @return array<string, string>
 */
function phonomaton_texts(string $locale): array
{
    $all = [
        'fr' => [
            'lead' => 'Votre code se trouve sur le ticket reçu à la cabine.',
            'code' => 'Code',
            'next' => 'Continuer',
            'again' => 'La page a attendu trop longtemps. Entrez votre code encore une fois.',
            'wait' => 'Il y a beaucoup d’essais en ce moment. Attendez une minute, puis recommencez.',
            'unknown' => 'Nous ne trouvons pas ce code parmi les portraits publiés ici. Vérifiez-le, ou écrivez au collectif : '
                . 'un portrait qui n’est pas encore publié se retire auprès de lui.',
            'yours' => 'Votre portrait :',
            'sure' => 'La page et le son disparaissent d’ici tout de suite. Le collectif arrête aussi tous les autres usages, puis efface '
                . 'l’enregistrement au bout de quelques jours. Vous n’avez pas de raison à donner.',
            'withdraw' => 'Retirer mon portrait',
            'trouble' => 'Le site n’a pas pu noter votre retrait, et rien n’a changé. Recommencez dans un moment.',
            'done' => 'C’est fait : votre portrait n’est plus sur ce site. Merci de l’avoir partagé.',
        ],
        'en' => [
            'lead' => 'Your code is on the ticket you got at the booth.',
            'code' => 'Code',
            'next' => 'Continue',
            'again' => 'The page has waited too long. Please enter your code once more.',
            'wait' => 'There are many tries at the moment. Please wait a minute and try again.',
            'unknown' => 'We cannot find this code among the portraits published here. Check it, or write to the collective: '
                . 'a portrait that is not published yet is withdrawn with them.',
            'yours' => 'Your portrait:',
            'sure' => 'Page and sound disappear from here at once. The collective stops every other use as well, and erases the '
                . 'recording after some days. You need not give a reason.',
            'withdraw' => 'Withdraw my portrait',
            'trouble' => 'The site could not note your withdrawal, and nothing has changed. Please try again in a moment.',
            'done' => 'Done: your portrait is no longer on this site. Thank you for having shared it.',
        ],
        'nl' => [
            'lead' => 'Uw code staat op het ticket dat u bij de cabine kreeg.',
            'code' => 'Code',
            'next' => 'Verder',
            'again' => 'De pagina heeft te lang gewacht. Voer uw code nog een keer in.',
            'wait' => 'Er zijn op dit moment veel pogingen. Wacht een minuut en probeer opnieuw.',
            'unknown' => 'We vinden deze code niet bij de portretten die hier gepubliceerd zijn. Kijk hem na, of schrijf naar '
                . 'het collectief: een portret dat nog niet gepubliceerd is, trekt u daar terug.',
            'yours' => 'Uw portret:',
            'sure' => 'Pagina en geluid verdwijnen hier meteen. Het collectief stopt ook elk ander gebruik en wist de opname na '
                . 'enkele dagen. U hoeft geen reden te geven.',
            'withdraw' => 'Mijn portret terugtrekken',
            'trouble' => 'De site kon uw terugtrekking niet noteren en er is niets veranderd. Probeer het straks opnieuw.',
            'done' => 'Klaar: uw portret staat niet meer op deze site. Bedankt dat u het gedeeld hebt.',
        ],
    ];
    return $all[substr($locale, 0, 2)] ?? $all['fr'];
}
