import type { Words } from '../words.ts';

/** What may be wrong with a site, each with what to do about it, and the words of a destination that waits for that. */
const fr = {
  reason_plain:
    'Cette adresse commence par http : le mot de passe y voyagerait en clair. Passez à https, ou dites dans Réglages › Destinations que vous l’acceptez pour un site de votre réseau.',
  destinationPlainWarn:
    'Adresse sans chiffrement (http) : toute personne sur le même réseau peut lire le mot de passe et publier à votre place. Préférez https.',
  destinationPlainAccept: 'Je le sais, et je veux quand même envoyer à cette adresse',
  destinationPlainPublic: 'Par internet, le mot de passe ne part jamais en clair. Il faut une adresse en https.',
  reason_offline:
    'Le site n’est pas joignable : le réseau est coupé ou le site est arrêté. Vérifiez le Wi-Fi ; les envois repartent d’eux-mêmes.',
  reason_slow: 'Le site met trop longtemps à répondre. On réessaie de nous-mêmes ; un meilleur réseau aide.',
  reason_login:
    'WordPress ne reconnaît pas le nom d’utilisateur ou le mot de passe d’application. Créez un mot de passe d’application sur le site et enregistrez-le dans Réglages › Destinations.',
  reason_role: 'Ce compte n’a pas le droit de publier sur le site. Demandez-lui le rôle « Auteur » ou « Éditeur ».',
  reason_notRecognised:
    'WordPress ne reconnaît pas la cabine : le mot de passe d’application est faux, ou il n’arrive pas jusqu’à lui. Créez-en un autre ; si rien ne change, demandez à l’hébergeur de laisser passer l’en-tête « Authorization ».',
  reason_headerLost:
    'Le mot de passe est bon, mais le serveur du site ne le transmet pas à WordPress. Demandez à l’hébergeur de laisser passer l’en-tête « Authorization ».',
  reason_siteLock:
    'Un verrou devant le site (.htpasswd) demande un autre mot de passe. Demandez à l’hébergeur de l’ôter, ou d’en dispenser /wp-json/.',
  reason_restClosed:
    'Une extension du site ferme son interface REST. Autorisez-y le compte de la cabine, ou désactivez cette fermeture.',
  reason_passwordsOff:
    'Le site n’accepte pas les mots de passe d’application. Réactivez-les dans son extension de sécurité, et vérifiez que le site est en https.',
  reason_redirected:
    'Le site renvoie les envois vers une autre adresse. Mettez la bonne dans Réglages › Destinations, ou demandez à qui s’occupe du site d’ôter ce renvoi.',
  reason_firewall:
    'Un pare-feu du site arrête la cabine. Demandez à qui s’occupe du site de laisser passer /wp-json/ pour elle.',
  reason_maintenance: 'Le site est en maintenance ou débordé. Rien à faire : on réessaie de nous-mêmes.',
  reason_busy: 'Le site reçoit trop de demandes et nous fait patienter. Rien à faire : on réessaie de nous-mêmes.',
  reason_portal:
    'Une page d’accueil du réseau répond à la place du site. Ouvrez le navigateur de cet ordinateur et connectez-vous au Wi-Fi ; sinon, vérifiez l’adresse du site.',
  reason_noRestApi:
    'C’est bien un WordPress, mais son interface REST ne répond pas. Demandez à qui s’occupe du site de rouvrir /wp-json/.',
  reason_notWordPress: 'Il n’y a pas de WordPress à cette adresse. Vérifiez-la dans Réglages › Destinations.',
  reason_garbled:
    'La réponse du site ne se comprend pas, et rien ne montre que c’est fait. Réessayez ; si cela dure, montrez cette réponse à qui s’occupe du site.',
  reason_siteError: 'Le site a rencontré une erreur. On réessaie ; si cela dure, prévenez qui s’en occupe.',

  heldSite: 'Les envois vers {site} attendent.',
  heldNext: 'On redemande au site {when}.',
  heldNextNow: 'On redemande au site maintenant.',
  heldEnded: 'On a redemandé bien des fois. Reprenez quand c’est réglé.',
  redirectedTo: '{from} renvoie vers {to}.',
  takeAddress: 'Prendre {to}',
  addressTaken: 'L’adresse est maintenant {to}.',
  addressNeedsPassword: 'L’adresse est maintenant {to}. Redonnez le mot de passe : c’est un autre site.',
  destinationCompanion_waits:
    'Le compagnon du site ne connaît pas encore ce compte : demandez à un·e administrateur·rice du site de confirmer « {account} » dans Réglages → Phonomaton. Les codes des tickets y fonctionneront ensuite.',
  destinationCompanion_old:
    'Le compagnon du site est trop ancien : demandez qu’on le mette à jour. La cabine n’écoute pas les retraits de cette version.',
  destinationTestUnseen: 'Le site cache ses comptes, mais il accepte les envois du vôtre.',
} as const;

const en: Words<typeof fr> = {
  reason_plain:
    'This address begins with http: the password would travel in clear text. Use https, or say in Settings › Destinations that you accept it for a site of your own network.',
  destinationPlainWarn:
    'Address without encryption (http): anybody on the same network can read the password and publish in your place. Prefer https.',
  destinationPlainAccept: 'I know, and want to send to this address all the same',
  destinationPlainPublic: 'Over the internet the password never leaves in clear text. The address has to be https.',
  reason_offline:
    'The site cannot be reached: the network is down or the site is stopped. Check the Wi-Fi; deliveries go on by themselves.',
  reason_slow: 'The site takes too long to answer. It is tried again by itself; a better network helps.',
  reason_login:
    'WordPress does not know the user name or the application password. Make an application password on the site and save it in Settings › Destinations.',
  reason_role: 'This account may not publish on the site. Ask for the role “Author” or “Editor” for it.',
  reason_notRecognised:
    'WordPress does not recognise the booth: the application password is wrong, or it does not arrive there. Make another one; if nothing changes, ask the hosting company to let the “Authorization” header through.',
  reason_headerLost:
    'The password is right, but the site’s server does not pass it on to WordPress. Ask the hosting company to let the “Authorization” header through.',
  reason_siteLock:
    'A lock in front of the site (.htpasswd) asks for another password. Ask the hosting company to remove it, or to leave /wp-json/ out of it.',
  reason_restClosed:
    'A plugin of the site closes its REST interface. Let the booth’s account through there, or switch that closing off.',
  reason_passwordsOff:
    'The site takes no application passwords. Switch them on again in its security plugin, and check that the site is on https.',
  reason_redirected:
    'The site redirects deliveries to another address. Put the right one in Settings › Destinations, or ask those who look after the site to remove the redirect.',
  reason_firewall:
    'A firewall of the site stops the booth. Ask those who look after the site to let it through to /wp-json/.',
  reason_maintenance: 'The site is under maintenance or overloaded. Nothing to do: it is tried again by itself.',
  reason_busy: 'The site gets too many requests and makes us wait. Nothing to do: it is tried again by itself.',
  reason_portal:
    'A welcome page of the network answers in the site’s place. Open this computer’s browser and sign in to the Wi-Fi; else check the site’s address.',
  reason_noRestApi:
    'This is a WordPress, but its REST interface does not answer. Ask those who look after the site to open /wp-json/ again.',
  reason_notWordPress: 'There is no WordPress at this address. Check it in Settings › Destinations.',
  reason_garbled:
    'The site’s answer makes no sense, and nothing shows that it is done. Try again; if it lasts, show this answer to those who look after the site.',
  reason_siteError: 'The site met an error. It is tried again; if it lasts, tell those who look after it.',

  heldSite: 'Deliveries to {site} wait.',
  heldNext: 'The site is asked again {when}.',
  heldNextNow: 'The site is asked again now.',
  heldEnded: 'It was asked many times. Resume once it is mended.',
  redirectedTo: '{from} redirects to {to}.',
  takeAddress: 'Take {to}',
  addressTaken: 'The address is now {to}.',
  addressNeedsPassword: 'The address is now {to}. Give the password again: it is another site.',
  destinationCompanion_waits:
    'The site’s companion does not know this account yet: ask an administrator of the site to confirm “{account}” in Settings → Phonomaton. Ticket codes will work there afterwards.',
  destinationCompanion_old:
    'The site’s companion is too old: have it updated. The booth does not listen to withdrawals of this version.',
  destinationTestUnseen: 'The site hides its accounts, but it takes deliveries from yours.',
};

const nl: Words<typeof fr> = {
  reason_plain:
    'Dit adres begint met http: het wachtwoord zou onversleuteld reizen. Gebruik https, of zeg in Instellingen › Bestemmingen dat u dat aanvaardt voor een site van uw eigen netwerk.',
  destinationPlainWarn:
    'Adres zonder versleuteling (http): iedereen op hetzelfde netwerk kan het wachtwoord lezen en in uw plaats publiceren. Kies liever https.',
  destinationPlainAccept: 'Ik weet het en wil toch naar dit adres sturen',
  destinationPlainPublic: 'Over het internet vertrekt het wachtwoord nooit onversleuteld. Het adres moet https zijn.',
  reason_offline:
    'De site is onbereikbaar: het netwerk is weg of de site ligt stil. Controleer de wifi; de verzendingen gaan vanzelf verder.',
  reason_slow: 'De site doet er te lang over om te antwoorden. We proberen vanzelf opnieuw; een beter netwerk helpt.',
  reason_login:
    'WordPress kent de gebruikersnaam of het toepassingswachtwoord niet. Maak een toepassingswachtwoord op de site en bewaar het in Instellingen › Bestemmingen.',
  reason_role: 'Dit account mag op de site niet publiceren. Vraag er de rol “Auteur” of “Redacteur” voor.',
  reason_notRecognised:
    'WordPress herkent de cabine niet: het toepassingswachtwoord is fout, of het komt niet aan. Maak een ander; verandert er niets, vraag de hoster dan om de header “Authorization” door te laten.',
  reason_headerLost:
    'Het wachtwoord is juist, maar de server van de site geeft het niet door aan WordPress. Vraag de hoster om de header “Authorization” door te laten.',
  reason_siteLock:
    'Een slot voor de site (.htpasswd) vraagt een ander wachtwoord. Vraag de hoster om het weg te halen, of om /wp-json/ vrij te stellen.',
  reason_restClosed:
    'Een plug-in van de site sluit de REST-interface. Laat het account van de cabine daar toe, of zet die afsluiting uit.',
  reason_passwordsOff:
    'De site aanvaardt geen toepassingswachtwoorden. Zet ze weer aan in de beveiligingsplug-in, en controleer of de site op https staat.',
  reason_redirected:
    'De site stuurt verzendingen door naar een ander adres. Zet het juiste in Instellingen › Bestemmingen, of vraag wie de site beheert om die doorverwijzing weg te halen.',
  reason_firewall:
    'Een firewall van de site houdt de cabine tegen. Vraag wie de site beheert om haar door te laten naar /wp-json/.',
  reason_maintenance: 'De site is in onderhoud of overbelast. Niets te doen: we proberen vanzelf opnieuw.',
  reason_busy: 'De site krijgt te veel vragen en laat ons wachten. Niets te doen: we proberen vanzelf opnieuw.',
  reason_portal:
    'Een welkomstpagina van het netwerk antwoordt in plaats van de site. Open de browser van deze computer en meld u aan op de wifi; controleer anders het adres van de site.',
  reason_noRestApi:
    'Dit is een WordPress, maar de REST-interface antwoordt niet. Vraag wie de site beheert om /wp-json/ weer te openen.',
  reason_notWordPress: 'Er is geen WordPress op dit adres. Controleer het in Instellingen › Bestemmingen.',
  reason_garbled:
    'Het antwoord van de site is niet te begrijpen, en niets toont dat het gedaan is. Probeer opnieuw; blijft het duren, toon dit antwoord dan aan wie de site beheert.',
  reason_siteError:
    'Er trad een fout op in de site. We proberen opnieuw; blijft het duren, verwittig dan wie ze beheert.',

  heldSite: 'De verzendingen naar {site} wachten.',
  heldNext: 'We vragen het de site opnieuw {when}.',
  heldNextNow: 'We vragen het de site nu opnieuw.',
  heldEnded: 'We vroegen het vele keren. Hervat zodra het in orde is.',
  redirectedTo: '{from} stuurt door naar {to}.',
  takeAddress: '{to} nemen',
  addressTaken: 'Het adres is nu {to}.',
  addressNeedsPassword: 'Het adres is nu {to}. Geef het wachtwoord opnieuw: het is een andere site.',
  destinationCompanion_waits:
    'De metgezel van de site kent dit account nog niet: vraag een beheerder van de site om ‘{account}’ te bevestigen in Instellingen → Phonomaton. Daarna werken de ticketcodes er.',
  destinationCompanion_old:
    'De metgezel van de site is te oud: laat hem bijwerken. De cabine luistert niet naar terugtrekkingen van deze versie.',
  destinationTestUnseen: 'De site verbergt haar accounts, maar aanvaardt verzendingen van het uwe.',
};

export const siteWords = { fr, en, nl };
