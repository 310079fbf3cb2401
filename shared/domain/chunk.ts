/** Largest chunk taken, in bytes: one second at 96 kHz with room to spare. */
export const chunkLimit = 512 * 1024;
/** Header that carries the take's token with each chunk. */
export const tokenHeader = 'x-take-token';

/** Address of a chunk, relative to the door. */
export function chunkPath(takeId: string, chunk: number): string {
  return `/capture/${takeId}/${chunk}`;
}
