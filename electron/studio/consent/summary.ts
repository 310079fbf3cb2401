import { choicesPayload } from '../../../shared/contract/evidence.ts';
import { canonical } from '../../../shared/domain/canonical.ts';
import type { Purpose } from '../../../shared/domain/consent.ts';
import { day, escaped, facts, moment, pageFoot, pageHead } from './html.ts';
import type { Signed, Signer } from './keys.ts';
import type { ConsentStore } from './ports.ts';
import { nameWords, purposeList } from './words.ts';

/** What travels with a batch: proof that each portrait may be used, without contacts, signatures or guardians' names. */
export interface ConsentSummary extends Signed {
  /** The same for a reader: one page of HTML, in French. */
  html: string;
}

interface Line {
  portraitId: string;
  purposes: Purpose[];
  nameShown: string | null;
  until: string | null;
  guardians: number;
  textVersion: string | null;
  textSha256: string | null;
  takeSha256: string | null;
  recordHash: string | null;
}

/** Signed by the booth, and tied to its chain: a later change of either shows. Unknown portraits are left out. */
export function consentSummary(
  store: ConsentStore,
  signer: Signer,
  portraitIds: readonly string[],
  now: () => Date,
): ConsentSummary {
  const portraits = portraitIds.flatMap((portraitId): Line[] => {
    const scope = store.scope(portraitId);
    if (scope === undefined) return [];
    const last = store.records(portraitId).findLast(({ kind }) => kind === 'choices');
    const said = last?.payload == null ? undefined : choicesPayload.parse(JSON.parse(last.payload));
    return [
      {
        portraitId,
        purposes: scope.purposes ?? [],
        nameShown: scope.nameShown,
        until: scope.until,
        guardians: scope.guardians,
        textVersion: said?.text.textVersion ?? null,
        textSha256: said?.text.textSha256 ?? null,
        takeSha256: said?.takeSha256 ?? null,
        recordHash: last?.hash ?? null,
      },
    ];
  });
  const madeAt = now().toISOString();
  const head = store.head();
  const signed = signer(
    canonical({
      kind: 'phonomaton-consent-summary',
      version: 1,
      boothId: store.boothId(),
      madeAt,
      chain: head,
      portraits,
    }),
  );
  const rows = portraits.map(
    (one) =>
      `<section><h2><code>${escaped(one.portraitId)}</code></h2>${facts([
        ['Usages autorisés', `<strong>${escaped(purposeList(one.purposes))}</strong>`],
        ['Nom', one.nameShown === null ? null : escaped(nameWords[one.nameShown as keyof typeof nameWords])],
        ['Jusqu’au', one.until === null ? null : day(one.until)],
        ['Signatures de parents ou responsables', one.guardians === 0 ? null : String(one.guardians)],
        ['Texte', one.textVersion === null ? null : `version ${escaped(one.textVersion)}`],
        ['Empreinte du son', one.takeSha256 === null ? null : `<code>${escaped(one.takeSha256)}</code>`],
        ['Empreinte de la preuve', one.recordHash === null ? null : `<code>${escaped(one.recordHash)}</code>`],
      ])}</section>`,
  );
  const html = `${pageHead('Autorisations de ce lot')}<h1>Autorisations de ce lot</h1>
<p>Fait le ${moment(madeAt)} par la cabine <code>${escaped(store.boothId())}</code>. N’utilisez chaque portrait que comme indiqué ici, et jusqu’à sa date. Une autorisation peut être retirée : nous vous préviendrons.</p>
${rows.join('\n')}
<h2>Vérifier</h2>
${facts([
  ['Fin de la chaîne', `maillon ${head.seq}, <code>${escaped(head.hash)}</code>`],
  ['Signature (Ed25519)', `<code>${escaped(signed.signature)}</code>`],
  ['Clé de la cabine', `<code>${escaped(signed.publicKey.replace(/-----[^-]+-----|\s/g, ''))}</code>`],
])}
${pageFoot}`;
  return { ...signed, html };
}
