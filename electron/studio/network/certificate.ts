import 'reflect-metadata';
import { createHash, randomBytes, X509Certificate } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SubjectAlternativeNameExtension, X509CertificateGenerator } from '@peculiar/x509';
import type { Identity } from './ports.ts';

const dayMs = 24 * 60 * 60 * 1000;
/** Browsers ask for no less often than this of certificates one trusts by hand. */
const validDays = 365;
/** A certificate this near to its end is made anew, so that none ends during an event. */
const spareDays = 30;
/** Addresses of earlier networks that stay in it: back in a known hall, the fingerprint is the known one. */
const mostAddresses = 16;
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

const addressesOf = (cert: X509Certificate) =>
  [...(cert.subjectAltName ?? '').matchAll(/IP Address:([^,\s]+)/g)].map((match) => match[1] ?? '');
const fingerprintOf = (cert: X509Certificate) => createHash('sha256').update(cert.raw).digest('hex').toUpperCase();

/** Written beside, then renamed, and never readable by anybody else. */
function writeSecret(path: string, text: string): void {
  writeFileSync(`${path}.part`, text, { mode: 0o600 });
  chmodSync(`${path}.part`, 0o600);
  renameSync(`${path}.part`, path);
}

function pem(label: string, der: ArrayBuffer): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/**
 * The booth's own certificate (EC P-256), made here and kept in `dir`: nobody else vouches for an address of a hall's
 * network, so the desk shows its fingerprint for the host to compare. It is made anew when an address is not in it.
 */
export function createCertificate(dir: string, now: () => Date) {
  // One file, so that a crash cannot leave the key of one beside the certificate of another.
  const path = join(dir, 'desk-certificate.pem');

  function kept(): (Identity & { addresses: string[]; validTo: number }) | undefined {
    if (!existsSync(path)) return undefined;
    const text = readFileSync(path, 'utf8');
    const key = /-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----\n/.exec(text)?.[0];
    const cert = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n/.exec(text)?.[0];
    if (key === undefined || cert === undefined) return undefined;
    try {
      const parsed = new X509Certificate(cert);
      const validTo = Date.parse(parsed.validTo);
      return { key, cert, fingerprint: fingerprintOf(parsed), addresses: addressesOf(parsed), validTo };
    } catch {
      // Damaged: a new one is made, and its fingerprint shown.
      return undefined;
    }
  }

  async function make(addresses: readonly string[]): Promise<Identity> {
    const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
    const certificate = await X509CertificateGenerator.createSelfSigned({
      serialNumber: `01${randomBytes(15).toString('hex')}`,
      name: 'CN=Phonomaton',
      // A desk's clock may be a day behind the booth's.
      notBefore: new Date(now().getTime() - dayMs),
      notAfter: new Date(now().getTime() + validDays * dayMs),
      keys,
      signingAlgorithm: algorithm,
      extensions: [new SubjectAlternativeNameExtension(addresses.map((value) => ({ type: 'ip' as const, value })))],
    });
    const key = pem('PRIVATE KEY', await crypto.subtle.exportKey('pkcs8', keys.privateKey));
    const cert = pem('CERTIFICATE', certificate.rawData);
    writeSecret(path, key + cert);
    return { key, cert, fingerprint: fingerprintOf(new X509Certificate(cert)) };
  }

  return {
    /** A key and a certificate that is good for all of `addresses`. */
    async of(addresses: readonly string[]): Promise<Identity> {
      const before = kept();
      const left = before === undefined ? 0 : before.validTo - now().getTime();
      if (before && left > spareDays * dayMs && addresses.every((address) => before.addresses.includes(address))) {
        const { key, cert, fingerprint } = before;
        return { key, cert, fingerprint };
      }
      const all = new Set([...addresses, ...(before?.addresses ?? [])]);
      return make([...all].slice(0, mostAddresses));
    },
  };
}
export type Certificate = ReturnType<typeof createCertificate>;
