import type { SafeStorage } from 'electron';

/** Encrypts by the key store of the operating system. */
export interface Sealer {
  encrypt(text: string): Buffer;
  /** Throws when the text was sealed by another account or machine. */
  decrypt(sealed: Buffer): string;
}

type Store = Pick<SafeStorage, 'isEncryptionAvailable' | 'encryptString' | 'decryptString'> &
  Partial<Pick<SafeStorage, 'getSelectedStorageBackend'>>;

/**
 * The system's key store, or null where there is none. On Linux without a key ring Electron "encrypts" with a password
 * known to everybody (`basic_text`): that counts as none. Only to be asked once the app is ready.
 */
export function sealerOf(store: Store, platform: NodeJS.Platform = process.platform): Sealer | null {
  if (!store.isEncryptionAvailable()) return null;
  if (platform === 'linux' && store.getSelectedStorageBackend?.() === 'basic_text') return null;
  return {
    encrypt: (text) => store.encryptString(text),
    decrypt: (sealed) => store.decryptString(sealed),
  };
}
