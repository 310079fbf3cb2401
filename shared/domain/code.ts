/** Letters and digits that cannot be mistaken for one another when read or said aloud (no 0/O, 1/I/L, 2/Z, 5/S, 8/B). */
export const codeAlphabet = 'ACDEFGHJKMNPQRTUVWXY34679';
export const codeLength = 6;

/** A short code for a visitor from random bytes (at least `codeLength` of them), e.g. `KM4-7QX`. About 28 bits. */
export function shortCode(random: Uint8Array): string {
  let code = '';
  for (let index = 0; index < codeLength; index++) {
    const byte = random[index];
    if (byte === undefined) throw new RangeError(`shortCode needs ${codeLength} random bytes`);
    code += codeAlphabet[byte % codeAlphabet.length];
  }
  return `${code.slice(0, 3)}-${code.slice(3)}`;
}

/** A code as it is stored, from what somebody typed or said: `km4 7qx` is `KM4-7QX`. Undefined for what can be none. */
export function readCode(typed: string): string | undefined {
  const letters = typed.toUpperCase().replace(/[^A-Z0-9]/g, '');
  if (letters.length !== codeLength || [...letters].some((letter) => !codeAlphabet.includes(letter))) return undefined;
  return `${letters.slice(0, 3)}-${letters.slice(3)}`;
}
