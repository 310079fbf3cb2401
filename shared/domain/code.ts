/** Letters and digits that cannot be mistaken for one another when read or said aloud (no 0/O, 1/I/L, 2/Z, 5/S, 8/B). */
export const codeAlphabet = 'ACDEFGHJKMNPQRTUVWXY34679';
/**
 * Signs of a new code. Eight of 25 make 1.5e11 codes, 37 bits; a public page lets one wrong code through every 4 s, and
 * whoever guesses there for a year without a pause finds 0.26 of 5,000 portraits.
 */
export const codeLength = 8;
/** Signs of the codes that were given before, and stay good: 2.4e8 of them, 28 bits, are too few for a public page. */
export const olderCodeLength = 6;

/** As codes are shown and stored: two halves with a dash. */
function dashed(signs: string): string {
  return `${signs.slice(0, signs.length / 2)}-${signs.slice(signs.length / 2)}`;
}

/** A short code for a visitor from random bytes (at least `codeLength` of them), e.g. `KM47-QXAC`. */
export function shortCode(random: Uint8Array): string {
  let code = '';
  for (let index = 0; index < codeLength; index++) {
    const byte = random[index];
    if (byte === undefined) throw new RangeError(`shortCode needs ${codeLength} random bytes`);
    code += codeAlphabet[byte % codeAlphabet.length];
  }
  return dashed(code);
}

/**
 * A code as it is stored, from what somebody typed or said: `km47 qxac` is `KM47-QXAC`, and `km4 7qx`, of before, is
 * `KM4-7QX`. Undefined for what can be none.
 */
export function readCode(typed: string): string | undefined {
  const signs = typed.toUpperCase().replace(/[^A-Z0-9]/g, '');
  if (signs.length !== codeLength && signs.length !== olderCodeLength) return undefined;
  return [...signs].every((sign) => codeAlphabet.includes(sign)) ? dashed(signs) : undefined;
}
