import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileSecrets } from '../../../../electron/studio/delivery/secrets.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secrets-'));
  path = join(folder, 'kept', 'secrets.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Turns letters around: enough to tell sealed from plain. */
const keyStore = {
  encrypt: (text: string) => Buffer.from([...text].reverse().join('')),
  decrypt: (bytes: Uint8Array) => [...Buffer.from(bytes).toString()].reverse().join(''),
};

test('kept, changed, forgotten, and found again by the next start', () => {
  const secrets = fileSecrets(path);
  expect(secrets.get('a')).toBeUndefined();
  secrets.set('a', 'motdepasse é');
  secrets.set('b', 'two');
  secrets.set('b', 'three');
  secrets.delete('nobody');
  expect(fileSecrets(path).get('a')).toBe('motdepasse é');
  expect(fileSecrets(path).get('b')).toBe('three');
  secrets.delete('a');
  expect(fileSecrets(path).get('a')).toBeUndefined();
});

test('only its owner may read the file, whatever the file before it allowed', () => {
  const secrets = fileSecrets(path);
  secrets.set('a', 'x');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  chmodSync(path, 0o644);
  secrets.set('a', 'y');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(folder, 'kept'))).toEqual(['secrets.json']);
});

test('a draft that a crash left with a wider mode does not widen the file', () => {
  const secrets = fileSecrets(path);
  secrets.set('a', 'x');
  writeFileSync(`${path}.part`, 'half', { mode: 0o644 });
  secrets.set('a', 'y');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(secrets.get('a')).toBe('y');
});

test('with a key store nothing readable lies on the disk', () => {
  fileSecrets(path, keyStore).set('a', 'sesame');
  expect(fileSecrets(path, keyStore).get('a')).toBe('sesame');
  const { value } = JSON.parse(readFileSync(path, 'utf8')).a;
  expect(Buffer.from(value, 'base64').toString()).toBe('emases');
  expect(fileSecrets(path).get('a')).toBeUndefined();
});

test('a key store that cannot open a secret any more has none; a new one is sealed again', () => {
  fileSecrets(path, keyStore).set('a', 'sesame');
  const other = fileSecrets(path, {
    encrypt: keyStore.encrypt,
    decrypt() {
      throw new Error('another account sealed this');
    },
  });
  expect(other.get('a')).toBeUndefined();
});

test('what was plain before there was a key store still opens', () => {
  fileSecrets(path).set('a', 'sesame');
  expect(fileSecrets(path, keyStore).get('a')).toBe('sesame');
});

test.each(['', '{', '[1]', '{"a":{"kind":"plain"}}'])('an unreadable file is set aside: %j', (text) => {
  fileSecrets(path).set('a', 'x');
  writeFileSync(path, text);
  const secrets = fileSecrets(path);
  expect(secrets.get('a')).toBeUndefined();
  secrets.set('b', 'y');
  expect(secrets.get('b')).toBe('y');
  const aside = readdirSync(join(folder, 'kept')).find((name) => name.includes('unreadable'));
  expect(readFileSync(join(folder, 'kept', aside ?? ''), 'utf8')).toBe(text);
});
