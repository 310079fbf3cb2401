import type { Signature } from '../../../shared/contract/consent.ts';

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as it may stand anywhere in a page. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** A moment as a French reader reads it, in the booth's own time, with the exact UTC beside it. */
export function moment(iso: string): string {
  const date = new Date(iso);
  const local = new Intl.DateTimeFormat('fr', { dateStyle: 'long', timeStyle: 'medium' }).format(date);
  return `<time datetime="${escaped(iso)}">${escaped(local)} <small>(${escaped(iso)})</small></time>`;
}

export function day(iso: string): string {
  return escaped(
    new Intl.DateTimeFormat('fr', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${iso}T00:00:00Z`)),
  );
}

/** A drawn signature, drawn again. */
export function signatureSvg(signature: Signature, label: string): string {
  const strokes = signature
    .map((stroke) => {
      const [first, ...rest] = stroke;
      if (first === undefined) return '';
      // A dot is a stroke too.
      const path = rest.length === 0 ? ` L${first[0] + 1} ${first[1]}` : rest.map(([x, y]) => ` L${x} ${y}`).join('');
      return `<path d="M${first[0]} ${first[1]}${path}"/>`;
    })
    .join('');
  return `<svg class="signature" viewBox="0 0 1000 400" role="img" aria-label="${escaped(label)}">${strokes}</svg>`;
}

/** Rows of a list of facts; those without a value are left out. */
export function facts(rows: readonly (readonly [string, string | null])[]): string {
  const shown = rows.filter((row): row is readonly [string, string] => row[1] !== null && row[1] !== '');
  return `<dl>${shown.map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${value}</dd>`).join('')}</dl>`;
}

const style = `
:root { color-scheme: light; }
body { margin: 2rem auto; max-width: 46rem; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; color: #17130f; background: #fff; }
h1 { font-size: 1.7rem; line-height: 1.2; } h2 { font-size: 1.2rem; margin-top: 2.2rem; border-top: 2px solid #0b4f6c; padding-top: .6rem; }
dl { display: grid; grid-template-columns: minmax(9rem, auto) 1fr; gap: .2rem 1rem; margin: .6rem 0; }
dt { color: #5b5249; } dd { margin: 0; overflow-wrap: anywhere; }
code { font: .82rem/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
.good, .bad { padding: .6rem .8rem; border-left: 6px solid #2e7d4f; background: #eef7f1; } .bad { border-color: #b3261e; background: #fbeceb; }
.signature { width: 100%; max-width: 26rem; border: 1px solid #b9afa3; background: #fff; } .signature path { fill: none; stroke: #17130f; stroke-width: 6; stroke-linecap: round; stroke-linejoin: round; }
.text { border: 1px solid #d8cfc3; padding: .2rem 1rem; } small { color: #5b5249; } audio { width: 100%; }
table { border-collapse: collapse; width: 100%; } td, th { text-align: left; vertical-align: top; padding: .25rem .6rem .25rem 0; border-bottom: 1px solid #e3dbd0; }
@media print { body { margin: 0; max-width: none; font-size: 10pt; } h2 { break-after: avoid; } dl, .signature { break-inside: avoid; } }
`;

/** The page up to its content: all it needs is in it, and nothing is fetched from anywhere. */
export function pageHead(title: string): string {
  return `<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex"><title>${escaped(title)}</title><style>${style}</style></head><body>
`;
}
export const pageFoot = '</body></html>\n';
