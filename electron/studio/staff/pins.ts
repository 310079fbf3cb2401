import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { StoredMember, StoredPin } from './ports.ts';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** OWASP's recommended scrypt setting: 128 MiB a guess. */
export const recommendedCost: ScryptOptions = { N: 2 ** 17, r: 8, p: 1 };
const maxmem = 256 * 1024 * 1024;
const keyBytes = 32;

const hashOf = (pin: string, salt: string, cost: ScryptOptions) =>
  derive(pin, Buffer.from(salt, 'base64'), keyBytes, { ...cost, maxmem });

/**
 * Hashes PINs and finds whose one is. A PIN alone says who is there, so it has to be tried against everybody: members
 * share the house's salt, and one guess costs one hash, however many they are. A booth that records has no power to
 * spare for ten; and a PIN has so few digits that a salt of its own would not save it from who has stolen the file.
 */
export function createPins(members: () => readonly StoredMember[], cost: ScryptOptions) {
  const parameters = JSON.stringify(cost);
  const isCurrent = (pin: StoredPin) => pin.parameters === parameters && pin.salt === houseSalt();
  const houseSalt = () => members().find((member) => member.parameters === parameters)?.salt;

  return {
    /** The member whose PIN this is, disabled ones too. */
    async find(pin: string): Promise<StoredMember | undefined> {
      const groups = Map.groupBy(members(), (member) => `${member.salt} ${member.parameters}`);
      let found: StoredMember | undefined;
      for (const group of groups.values()) {
        const [first] = group;
        if (first === undefined) continue;
        const hash = await hashOf(pin, first.salt, JSON.parse(first.parameters));
        // Everybody is compared, found or not, so that the time tells nothing.
        for (const member of group) if (timingSafeEqual(hash, Buffer.from(member.hash, 'base64'))) found ??= member;
      }
      return found;
    },
    async hash(pin: string): Promise<StoredPin> {
      const salt = houseSalt() ?? randomBytes(16).toString('base64');
      return { salt, hash: (await hashOf(pin, salt, cost)).toString('base64'), parameters };
    },
    /** Whether the PIN was hashed at a lower cost than now, and should be hashed anew while it is known. */
    isOld: (member: StoredMember): boolean => !isCurrent(member),
  };
}
