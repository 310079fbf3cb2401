/**
 * A secret for a portrait, made by the page before its first `capture.start`, so that repeating a start whose answer
 * was lost is harmless. 256 random bits, base64url.
 */
export function newToken(
  random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array = (b) => crypto.getRandomValues(b),
): string {
  return btoa(String.fromCharCode(...random(new Uint8Array(32))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
