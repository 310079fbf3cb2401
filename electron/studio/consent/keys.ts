import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';

/** Where keys lie: never in the library, its backups or a batch. */
export interface KeyShelf {
  /** Undefined when there is none, or when this computer can no longer open it. */
  get(id: string): string | undefined;
  has(id: string): boolean;
  set(id: string, secret: string): void;
}

/**
 * The first key of this kind that can be opened, or a new one. One that is there but cannot be opened (another account,
 * a locked key ring) is never written over: it may be openable again one day.
 */
export function keyOf(shelf: KeyShelf, kind: string, make: () => string): { id: string; key: string } {
  for (let number = 1; ; number++) {
    const id = `${kind}-${number}`;
    const known = shelf.get(id);
    if (known !== undefined) return { id, key: known };
    if (shelf.has(id)) continue;
    const key = make();
    shelf.set(id, key);
    return { id, key };
  }
}

/** The key the chain's seals are made with, and whether there was none before. */
export function sealKey(shelf: KeyShelf): { key: string; fresh: boolean } {
  let fresh = false;
  const { key } = keyOf(shelf, 'chain-seal', () => {
    fresh = true;
    return randomBytes(32).toString('base64');
  });
  return { key, fresh };
}

const algorithm = 'aes-256-gcm';

/** Encrypts how somebody can be reached; `v1.<key>.<iv>.<tag>.<text>`, all base64url. The empty text stays empty. */
export function createContacts(shelf: KeyShelf) {
  return {
    seal(contact: string): string {
      if (contact === '') return '';
      const { id, key } = keyOf(shelf, 'consent-contact', () => randomBytes(32).toString('base64'));
      const iv = randomBytes(12);
      const cipher = createCipheriv(algorithm, Buffer.from(key, 'base64'), iv);
      const text = Buffer.concat([cipher.update(contact, 'utf8'), cipher.final()]);
      return ['v1', id, ...[iv, cipher.getAuthTag(), text].map((part) => part.toString('base64url'))].join('.');
    },
    /** Undefined when its key is gone, or when it was tampered with. */
    open(sealed: string): string | undefined {
      const [version, id, ...parts] = sealed.split('.');
      const [iv, tag, text] = parts.map((part) => Buffer.from(part, 'base64url'));
      if (version !== 'v1' || id === undefined || !iv || !tag || !text) return undefined;
      const key = shelf.get(id);
      if (key === undefined) return undefined;
      try {
        const decipher = createDecipheriv(algorithm, Buffer.from(key, 'base64'), iv);
        decipher.setAuthTag(tag);
        return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
      } catch {
        return undefined;
      }
    },
  };
}
export type Contacts = ReturnType<typeof createContacts>;

export interface Signed {
  /** What was signed, byte for byte. */
  json: string;
  /** Ed25519, base64. */
  signature: string;
  /** The booth's public key, SPKI in PEM. */
  publicKey: string;
}

/** Signs what leaves the house, so that it can be told to come from this booth and to be unchanged. */
export function createSigner(shelf: KeyShelf) {
  return (json: string): Signed => {
    const { key } = keyOf(shelf, 'booth-signing', () =>
      generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    );
    const privateKey = createPrivateKey(key);
    return {
      json,
      signature: sign(null, Buffer.from(json, 'utf8'), privateKey).toString('base64'),
      publicKey: createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString(),
    };
  };
}
export type Signer = ReturnType<typeof createSigner>;

/** Whether the booth with this public key signed exactly this. */
export function isSigned({ json, signature, publicKey }: Signed): boolean {
  try {
    return verify(null, Buffer.from(json, 'utf8'), createPublicKey(publicKey), Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}
