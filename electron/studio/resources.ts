/** Files that came with the program are missing or damaged. */
export class ResourcesUnusable extends Error {
  override readonly name = 'ResourcesUnusable';
}

/** What reading the program's own files gives; throws ResourcesUnusable where they are missing or not what they should be. */
export function fromResources<T>(dir: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    // SQLite's errors are about the library, where texts are kept once they were read.
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code.startsWith('SQLITE_')) throw error;
    throw new ResourcesUnusable(`${dir}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
