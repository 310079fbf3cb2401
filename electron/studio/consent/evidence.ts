import {
  type ChosenBy,
  choicesPayload,
  correctionPayload,
  recordPayload,
  resolutionPayload,
  withdrawalPayload,
} from '../../../shared/contract/evidence.ts';
import type { ChainState, ConsentRecord, ErasureReason } from '../../../shared/domain/evidence.ts';
import { day, escaped, facts, moment, pageFoot, pageHead, signatureSvg } from './html.ts';
import type { ConsentStore } from './ports.ts';
import {
  erasureWords,
  faultWords,
  guardianWords,
  languageWords,
  methodWords,
  nameWords,
  purposeList,
  resolutionWords,
  roleWords,
} from './words.ts';

type Text = { textVersion: string; textSha256: string; language: string };

export interface EvidenceParts {
  portraitId: string;
  code: string | null;
  records: readonly ConsentRecord[];
  chain: ChainState;
  textOf: ConsentStore['textOf'];
  /** The contact is never printed; whether there is one is. */
  printedAt: string;
}

const code = (text: string) => `<code>${escaped(text)}</code>`;

function textFacts(text: Text): [string, string][] {
  return [
    [
      'Texte montré',
      `version ${escaped(text.textVersion)}, en ${escaped(languageWords[text.language] ?? text.language)}`,
    ],
    ['Empreinte du texte', code(text.textSha256)],
  ];
}

/** Who said it, and how the house knows. */
function saidBy(by: ChosenBy, when: string): [string, string | null][] {
  if (by.who !== 'staff') {
    const how = by.who === 'older' ? 'avec le texte de l’époque' : when;
    return [['Dit par', `la personne elle-même, ${how}`]];
  }
  const who = escaped(by.name ?? roleWords[by.role] ?? by.role);
  return [
    ['Dit par', `noté pour la personne par ${who}, ${escaped(methodWords[by.method])}`],
    ['Note', escaped(by.note)],
  ];
}

/** One record as a section, without its place in the chain. */
function recordSection(record: ConsentRecord): string {
  const { kind, payload } = record;
  if (kind === 'erasure') {
    const { reason } = JSON.parse(record.facts) as { reason: ErasureReason };
    return `<p>Tout ce qui était personnel a été effacé : ${escaped(erasureWords[reason])}.</p>`;
  }
  if (payload === null) return '<p>Le contenu personnel de cette preuve a été effacé avec le portrait.</p>';
  const value: unknown = JSON.parse(payload);
  if (kind === 'record') {
    const yes = recordPayload.parse(value);
    const guardians = yes.guardians.map(
      (one) =>
        `<h3>${escaped(one.name)}, ${escaped(guardianWords[one.role])}</h3><p>A signé le ${moment(one.signedAt)}.</p>${signatureSvg(one.signature, `Signature de ${one.name}`)}`,
    );
    return (
      facts([
        ['Réponse', 'oui, la personne accepte d’être enregistrée'],
        ['Donnée le', moment(yes.answeredAt)],
        ['Âge', yes.ageBand === 'minor' ? 'moins de 18 ans' : '18 ans ou plus'],
        ['Édition', `${escaped([yes.event.name, yes.event.town].filter(Boolean).join(', '))} (${day(yes.event.day)})`],
        ['Responsable', escaped(yes.controller)],
        ['Prise', code(yes.takeId)],
        ...textFacts(yes.text),
        ['Signatures demandées', yes.ageBand === 'minor' ? String(yes.guardiansNeeded) : null],
        ['En présence de', yes.stoodBy === null ? null : escaped(yes.stoodBy.name)],
        ...(yes.by.who === 'staff' ? saidBy(yes.by, '') : []),
      ]) + guardians.join('')
    );
  }
  if (kind === 'choices') {
    const { by, ...said } = choicesPayload.parse(value);
    return facts([
      ['Usages autorisés', `<strong>${escaped(purposeList(said.purposes))}</strong>`],
      ['Usages proposés', escaped(purposeList(said.offered))],
      ['Nom', escaped(nameWords[said.nameShown]) + (said.pseudonym === '' ? '' : ` : ${escaped(said.pseudonym)}`)],
      ['Jusqu’au', day(said.until)],
      ['Dit le', moment(said.answeredAt)],
      ...saidBy(by, 'après la réécoute'),
      ['Contact', said.contact === '' ? 'aucun' : 'laissé (chiffré, jamais imprimé)'],
      ['Prise', said.takeId === null ? null : code(said.takeId)],
      ['Empreinte du son', said.takeSha256 === null ? null : code(said.takeSha256)],
      ...textFacts(said.text),
    ]);
  }
  if (kind === 'correction') {
    const { times, until } = correctionPayload.parse(value);
    return (
      '<p>L’horloge de la cabine était fausse. Voici les heures justes :</p>' +
      facts([
        ...times.map(({ seq, given, right }): [string, string] => [
          `Maillon ${seq}`,
          `${moment(right)} (l’horloge disait ${moment(given)})`,
        ]),
        ['Jusqu’au', until === null ? null : day(until)],
      ])
    );
  }
  if (kind === 'resolution') {
    const { how, restored, by } = resolutionPayload.parse(value);
    return facts([
      ['Suite', `<strong>${escaped(resolutionWords[how])}</strong>`],
      ['De nouveau autorisé', how === 'undone' ? escaped(purposeList(restored)) : null],
      ['Par', escaped(by.name ?? roleWords[by.role] ?? by.role)],
    ]);
  }
  const gone = withdrawalPayload.parse(value);
  return facts([
    ['Retiré', gone.all ? '<strong>tout</strong>' : `<strong>${escaped(purposeList(gone.purposes))}</strong>`],
    [
      'Par',
      gone.by.role === 'site'
        ? `le site ${escaped(gone.by.name ?? '')}, où le code du portrait a été entré`
        : escaped(gone.by.name ?? roleWords[gone.by.role] ?? gone.by.role),
    ],
  ]);
}

const titles: Record<ConsentRecord['kind'], string> = {
  record: 'Accord pour être enregistré·e',
  choices: 'Choix des usages',
  withdrawal: 'Retrait',
  erasure: 'Effacement',
  correction: 'Heures corrigées',
  resolution: 'Suite du retrait',
};

/** The records, each with its place in the chain, and after them the texts they name, as they were shown. */
export function recordSections({ records, textOf }: Pick<EvidenceParts, 'records' | 'textOf'>): string {
  const texts = new Map<string, Text>();
  const sections = records.map((record) => {
    if (record.kind === 'record' || record.kind === 'choices') {
      const text = JSON.parse(record.facts) as Text;
      texts.set(text.textSha256, text);
    }
    return `<section><h2>${titles[record.kind]}</h2>
<p>Enregistré le ${moment(record.at)} par la cabine ${code(record.boothId)}.</p>
${recordSection(record)}
${facts([
  ['Maillon', String(record.seq)],
  ['Empreinte', code(record.hash)],
  ['Précédente', code(record.previous)],
  ['Contenu', code(record.payloadHash)],
])}</section>`;
  });
  const annexes = [...texts.values()].map((text) => {
    const words = textOf(text.textVersion, text.language, text.textSha256);
    const lines = words === undefined ? ['(Ce texte n’est plus dans la bibliothèque.)'] : words.split('\n');
    return `<section><h2>Le texte ${escaped(text.textVersion)} (${escaped(languageWords[text.language] ?? text.language)}), tel qu’il a été montré</h2>
<p>Empreinte ${code(text.textSha256)}</p>
<div class="text" lang="${escaped(text.language)}">${lines.map((line) => `<p>${escaped(line)}</p>`).join('')}</div></section>`;
  });
  return [...sections, ...annexes].join('\n');
}

/** What the check of the whole chain found, in one sentence. */
export function chainSentence(chain: ChainState): string {
  if (chain.ok && chain.lost > 0) {
    return `<p class="bad">Chaîne vérifiée : ${chain.records} preuves, aucune n’a été modifiée ; un dégât en a pris ${chain.lost}. Dernière empreinte ${code(chain.head)}.</p>`;
  }
  return chain.ok
    ? `<p class="good">Chaîne vérifiée : ${chain.records} preuves, aucune n’a été modifiée. Dernière empreinte ${code(chain.head)}.</p>`
    : `<p class="bad">La vérification a trouvé un défaut : ${escaped(faultWords[chain.fault])} (maillon ${chain.seq}).</p>`;
}

/** Everything that proves a portrait's authorisation, on one page that prints. */
export function evidencePage(parts: EvidenceParts): string {
  const name = parts.code ?? parts.portraitId;
  return `${pageHead(`Preuve d’autorisation ${name}`)}<h1>Preuve d’autorisation</h1>
${facts([
  ['Code', parts.code === null ? null : code(parts.code)],
  ['Portrait', code(parts.portraitId)],
  ['Page faite le', moment(parts.printedAt)],
])}
${chainSentence(parts.chain)}
${recordSections(parts)}
${pageFoot}`;
}
