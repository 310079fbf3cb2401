import { open } from 'node:fs/promises';
import { choicesPayload } from '../../../shared/contract/evidence.ts';
import { chainSentence, recordSections } from './evidence.ts';
import { escaped, facts, moment, pageFoot, pageHead } from './html.ts';
import type { Contacts } from './keys.ts';
import type { ConsentStore, HandedOverOf, PortraitFacts } from './ports.ts';
import { languageWords, stateWords } from './words.ts';

export interface DossierParts {
  facts: PortraitFacts;
  store: Pick<ConsentStore, 'records' | 'verify' | 'textOf' | 'auditOf'>;
  contacts: Contacts;
  handedOver: HandedOverOf;
  /** Path of the recording, while there is one. */
  soundPath: string | null;
  madeAt: string;
}

/** What audit lines mean; one that is not named here is shown as it is. */
const actions: Record<string, string> = {
  started: 'enregistrement commencé',
  'take-closed': 'prise terminée',
  'take-recovered': 'prise réparée après une coupure',
  kept: 'portrait gardé',
  approved: 'approuvé',
  rejected: 'écarté',
  toReview: 'remis à écouter',
  described: 'titre, texte ou mots-clés modifiés',
  published: 'publié',
  'delivery-queued': 'envoi demandé',
  'delivery-cancelled': 'envoi annulé',
  'delivery-done': 'envoi terminé',
  'consent-recorded': 'choix notés par l’équipe',
  'consent-withdrawn': 'autorisation retirée',
  'site-withdrawal-heard': 'retiré depuis un site',
  'site-withdrawal-undone': 'retrait depuis un site annulé',
  'site-withdrawal-confirmed': 'retrait depuis un site confirmé',
  'site-withdrawal-ended': 'délai du retrait depuis un site passé',
  'dossier-made': 'dossier remis',
  'retention-reminded': 'fin de conservation annoncée',
};

/** How somebody can be reached, as they last said it. */
function contactOf(store: DossierParts['store'], contacts: Contacts, portraitId: string): string | null {
  const said = store
    .records(portraitId)
    .filter(({ kind, payload }) => kind === 'choices' && payload !== null)
    .map(({ payload }) => choicesPayload.parse(JSON.parse(payload ?? '')).contact)
    .at(-1);
  if (said === undefined || said === '') return null;
  return contacts.open(said) ?? 'illisible : la clé n’est plus sur cet ordinateur';
}

/** Bytes of base64 read at a time; a multiple of three, so that the pieces join without padding. */
const piece = 3 * 64 * 1024;

async function* soundAsData(path: string): AsyncGenerator<string> {
  const file = await open(path, 'r');
  try {
    const block = Buffer.alloc(piece);
    for (let at = 0; ; ) {
      let filled = 0;
      // The system may answer fewer bytes than there are; only the last piece may be short.
      while (filled < piece) {
        const { bytesRead } = await file.read(block, filled, piece - filled, at + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      yield block.toString('base64', 0, filled);
      if (filled < piece) return;
      at += filled;
    }
  } finally {
    await file.close();
  }
}

/**
 * Everything that is kept about a person, as one page with the recording in it: it opens anywhere, without us and without
 * the net. Piece by piece, since a recording may be long.
 */
export async function* dossier(parts: DossierParts): AsyncGenerator<string> {
  const { facts: about, store } = parts;
  const records = store.records(about.id);
  yield `${pageHead(`Tout ce que nous gardons de vous (${about.code ?? about.id})`)}<h1>Tout ce que nous gardons de vous</h1>
<p>Cette page contient tout ce que la cabine sait de ce portrait et de la personne qui parle. Elle a été faite le ${moment(parts.madeAt)}.</p>
<h2>Le portrait</h2>
${facts([
  ['Code', about.code === null ? null : `<code>${escaped(about.code)}</code>`],
  ['État', escaped(stateWords[about.state])],
  ['Enregistré le', moment(about.recordedAt)],
  ['Édition', escaped(about.event)],
  ['Prénom', escaped(about.firstName)],
  ['Métier', escaped(about.trade)],
  ['Coopérative', about.cooperative === null ? null : escaped(about.cooperative)],
  ['Langue', escaped(languageWords[about.language] ?? about.language)],
  ['Question', escaped(about.question)],
  ['Titre', escaped(about.title)],
  ['Texte', escaped(about.text)],
  ['Mots-clés', escaped(about.tags.join(', '))],
  ['Notes de l’équipe', escaped(about.notes)],
  ['Transcription', escaped(about.transcript)],
  ['Mots que l’équipe n’a pas encore enregistrés', escaped(about.unsaved.join(' · '))],
  ['Moyen de vous joindre', escaped(contactOf(store, parts.contacts, about.id) ?? '')],
  ['Empreinte du son', about.takeSha256 === null ? null : `<code>${escaped(about.takeSha256)}</code>`],
])}
`;
  if (parts.soundPath !== null) {
    yield '<h2>L’enregistrement</h2>\n<audio controls src="data:audio/wav;base64,';
    yield* soundAsData(parts.soundPath);
    yield '"></audio>\n<p>Pour le garder : clic droit sur le lecteur, puis « Enregistrer ».</p>\n';
  }
  const given = parts.handedOver(about.id);
  const places = [
    ...about.published.map(({ destination, url, at }) => `${escaped(destination)} : ${escaped(url)} (${moment(at)})`),
    ...given.map(({ batch, place, at }) => `${escaped(`${batch} (${place})`)}, remis comme fichier (${moment(at)})`),
  ];
  yield `<h2>Où il a été publié ou remis</h2>
${places.length === 0 ? '<p>Nulle part.</p>' : `<ul>${places.map((place) => `<li>${place}</li>`).join('')}</ul>`}
${chainSentence(store.verify())}
${recordSections({ records, textOf: store.textOf })}
<h2>Ce qui a été fait, et quand</h2>
<table><tbody>${store
    .auditOf(about.id)
    .map(({ at, actor, action }) => {
      return `<tr><td>${moment(at)}</td><td>${escaped(actor)}</td><td>${escaped(actions[action] ?? action)}</td></tr>`;
    })
    .join('')}</tbody></table>
${pageFoot}`;
}
