import { describe, expect, it } from 'vitest';
import { createContacts, createSigner, isSigned, type KeyShelf } from '../../../../electron/studio/consent/keys.ts';

/** A shelf in memory; what is in `locked` is there and cannot be opened. */
function memoryShelf(locked: string[] = []): KeyShelf & { keys: Map<string, string> } {
  const keys = new Map<string, string>();
  return {
    keys,
    get: (id) => (locked.includes(id) ? undefined : keys.get(id)),
    has: (id) => locked.includes(id) || keys.has(id),
    set: (id, secret) => {
      if (locked.includes(id)) throw new Error('a key that cannot be opened was written over');
      keys.set(id, secret);
    },
  };
}

describe('a contact', () => {
  it('is sealed differently each time, opened again, and never half', () => {
    const contacts = createContacts(memoryShelf());
    const sealed = contacts.seal('odile@example.test');
    expect(sealed).not.toContain('odile');
    expect(contacts.seal('odile@example.test')).not.toBe(sealed);
    expect(contacts.open(sealed)).toBe('odile@example.test');
    expect(contacts.seal('')).toBe('');
    const last = sealed.at(-1) === 'A' ? 'B' : 'A';
    for (const spoilt of [sealed.slice(0, -1) + last, sealed.slice(0, -8), sealed.replace('v1', 'v2'), '', 'x.y.z']) {
      expect(contacts.open(spoilt), spoilt).toBeUndefined();
    }
    expect(createContacts(memoryShelf()).open(sealed)).toBeUndefined();
  });

  it('is sealed with another key where the first cannot be opened, which stays', () => {
    const shelf = memoryShelf(['consent-contact-1']);
    const contacts = createContacts(shelf);
    expect(contacts.open(contacts.seal('a'))).toBe('a');
    expect([...shelf.keys.keys()]).toEqual(['consent-contact-2']);
  });
});

describe('a signature', () => {
  it('holds for exactly what was signed, by this booth', () => {
    const sign = createSigner(memoryShelf());
    const signed = sign('{"a":1}');
    expect(isSigned(signed)).toBe(true);
    expect(sign('{"b":1}').publicKey).toBe(signed.publicKey);
    expect(isSigned({ ...signed, json: '{"a":2}' })).toBe(false);
    expect(isSigned({ ...signed, publicKey: createSigner(memoryShelf())('x').publicKey })).toBe(false);
    expect(isSigned({ ...signed, publicKey: 'none' })).toBe(false);
  });
});
