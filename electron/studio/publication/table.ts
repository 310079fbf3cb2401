/** Cells that a spreadsheet would take for a formula are made text by an apostrophe. */
function cell(value: string | number): string {
  const text = String(value).replaceAll('\0', '');
  const neutral = typeof value === 'string' && /^[\s]*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${neutral.replaceAll('"', '""')}"`;
}

/** A table for French spreadsheets: UTF-8 with its mark, `;` between cells, CRLF after rows. */
export function csv(rows: readonly (readonly (string | number)[])[]): string {
  return `\ufeff${rows.map((row) => `${row.map(cell).join(';')}\r\n`).join('')}`;
}
