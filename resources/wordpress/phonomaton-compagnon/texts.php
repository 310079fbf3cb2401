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
            'wait' => 'Trop d’essais pour le moment. Revenez dans un quart d’heure.',
            'unknown' => 'Nous ne trouvons pas ce code parmi les portraits publiés ici. Vérifiez-le, ou écrivez au collectif : '
                . 'un portrait qui n’est pas encore publié se retire auprès de lui.',
            'yours' => 'Votre portrait :',
            'sure' => 'La page et le son disparaissent d’ici tout de suite, et pour de bon. Vous n’avez pas de raison à donner.',
            'withdraw' => 'Retirer mon portrait',
            'done' => 'C’est fait : votre portrait n’est plus sur ce site. Merci de l’avoir partagé.',
        ],
        'en' => [
            'lead' => 'Your code is on the ticket you got at the booth.',
            'code' => 'Code',
            'next' => 'Continue',
            'again' => 'The page has waited too long. Please enter your code once more.',
            'wait' => 'Too many tries for now. Please come back in a quarter of an hour.',
            'unknown' => 'We cannot find this code among the portraits published here. Check it, or write to the collective: '
                . 'a portrait that is not published yet is withdrawn with them.',
            'yours' => 'Your portrait:',
            'sure' => 'Page and sound disappear from here at once, and for good. You need not give a reason.',
            'withdraw' => 'Withdraw my portrait',
            'done' => 'Done: your portrait is no longer on this site. Thank you for having shared it.',
        ],
        'nl' => [
            'lead' => 'Uw code staat op het ticket dat u bij de cabine kreeg.',
            'code' => 'Code',
            'next' => 'Verder',
            'again' => 'De pagina heeft te lang gewacht. Voer uw code nog een keer in.',
            'wait' => 'Te veel pogingen voor nu. Kom over een kwartier terug.',
            'unknown' => 'We vinden deze code niet bij de portretten die hier gepubliceerd zijn. Kijk hem na, of schrijf naar '
                . 'het collectief: een portret dat nog niet gepubliceerd is, trekt u daar terug.',
            'yours' => 'Uw portret:',
            'sure' => 'Pagina en geluid verdwijnen hier meteen en voorgoed. U hoeft geen reden te geven.',
            'withdraw' => 'Mijn portret terugtrekken',
            'done' => 'Klaar: uw portret staat niet meer op deze site. Bedankt dat u het gedeeld hebt.',
        ],
    ];
    return $all[substr($locale, 0, 2)] ?? $all['fr'];
}
