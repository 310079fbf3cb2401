import { expect, test } from 'vitest';
import { sealerOf } from '../../../electron/shell/secrets.ts';

class FakeSafeStorage {
  available = true;
  backend: 'basic_text' | 'gnome_libsecret' = 'gnome_libsecret';
  isEncryptionAvailable = () => this.available;
  getSelectedStorageBackend = () => this.backend;
  encryptString = (text: string) => Buffer.from(text).reverse();
  decryptString = (sealed: Buffer) => Buffer.from(sealed).reverse().toString();
}

test('seals and opens by the key store', () => {
  const sealer = sealerOf(new FakeSafeStorage(), 'linux');
  const sealed = sealer?.encrypt('secret');
  expect(sealed?.toString()).toBe('terces');
  expect(sealed && sealer?.decrypt(sealed)).toBe('secret');
});

test('there is none without a key store, and a password everybody knows is none', () => {
  const store = new FakeSafeStorage();
  store.backend = 'basic_text';
  expect(sealerOf(store, 'linux')).toBeNull();
  expect(sealerOf(store, 'darwin')).not.toBeNull();
  store.available = false;
  expect(sealerOf(store, 'darwin')).toBeNull();
});
