import { type ChainHead, type ConsentRecord, consentKinds } from '../../../../shared/domain/evidence.ts';
import { chainHead, linkHash, payloadHashOf } from '../consentChain.ts';
import type { Db } from '../database.ts';
import type { Damaged, Place, Row } from './damaged.ts';

type Link = Omit<ConsentRecord, 'salt' | 'payload'>;
interface Payload {
  salt: string;
  payload: string;
}

/** What can be read of a chain of consent, proven or not. */
export interface ReadChain {
  links: Map<number, Link>;
  payloads: Map<number, Payload>;
  losses: Map<number, 'record' | 'payload'>;
  head: ChainHead | undefined;
}

const linkOf = (row: Row): Link =>
  ({
    seq: row.seq,
    id: row.id,
    portraitId: row.portrait_id,
    kind: row.kind,
    at: row.at,
    boothId: row.booth_id,
    facts: row.facts,
    payloadHash: row.payload_hash,
    previous: row.previous,
    hash: row.hash,
  }) as Link;

const proven = (link: Link): boolean => {
  try {
    return (consentKinds as readonly string[]).includes(link.kind) && link.hash === linkHash(link);
  } catch {
    return false;
  }
};

/** The chain of a damaged library: links whose own hash proves them. */
export function readChain(damaged: Damaged, places: readonly Place[]): ReadChain {
  const rows = (name: string): Row[] => {
    const place = places.find((one) => one.name === name);
    if (place === undefined) return [];
    const seen = new Set<number>();
    const walk = { seen, broken: false };
    const found = [...damaged.rows(place, walk)];
    if (!walk.broken) return found;
    damaged.markOthers([place], seen);
    for (const fits of damaged.strays([place], seen)) for (const fit of fits) found.push(...fit.rows);
    return found;
  };
  const links = rows('consent_records').map(linkOf).filter(proven);
  const [head] = rows('consent_head');
  return {
    links: new Map(links.map((link) => [link.seq, link])),
    payloads: new Map(
      rows('consent_payloads').map(({ seq, salt, payload }) => [Number(seq), { salt, payload } as Payload]),
    ),
    losses: new Map(rows('consent_losses').map(({ seq, what }) => [Number(seq), what as 'record'])),
    head: head && { seq: Number(head.seq), hash: String(head.hash) },
  };
}

/** The chain as a sound library has it. */
export function storedChain(db: Db): ReadChain {
  const links = db.prepare<[], Row>('SELECT * FROM consent_records').all().map(linkOf);
  const payloads = db.prepare<[], Payload & { seq: number }>('SELECT seq, salt, payload FROM consent_payloads').all();
  const losses = db.prepare<[], { seq: number; what: 'record' }>('SELECT seq, what FROM consent_losses').all();
  return {
    links: new Map(links.map((link) => [link.seq, link])),
    payloads: new Map(payloads.map(({ seq, ...rest }) => [seq, rest])),
    losses: new Map(losses.map(({ seq, what }) => [seq, what])),
    head: chainHead(db),
  };
}

/**
 * Writes one chain from two readings of it: the damaged library's links go before the copy's. What neither has is written
 * down as lost, so that the chain says itself where it is not whole. `least`: a link that is known to have been there.
 * To be called with no trigger in the way. Answers how many links or payloads were lost this time.
 */
export function mergeChain(db: Db, newer: ReadChain, older: ReadChain, least: number, at: string): number {
  const top = Math.max(0, least, newer.head?.seq ?? 0, ...newer.links.keys(), ...older.links.keys());
  db.exec('DELETE FROM consent_payloads; DELETE FROM consent_records; DELETE FROM consent_losses');
  const put = db.prepare(
    `INSERT INTO consent_records (seq, id, portrait_id, kind, at, booth_id, facts, payload_hash, previous, hash)
     VALUES (@seq, @id, @portraitId, @kind, @at, @boothId, @facts, @payloadHash, @previous, @hash)`,
  );
  const chosen = new Map<number, Link>();
  let last: string | undefined = '0'.repeat(64);
  for (let seq = 1; seq <= top; seq++) {
    const before: string | undefined = last;
    const after = newer.links.get(seq + 1);
    // A copy that was made again without somebody goes its own way behind that place.
    const fits = ({ previous, hash }: Link): boolean =>
      before === undefined ? after === undefined || after.previous === hash : previous === before;
    const own = newer.links.get(seq);
    const candidates: Link[] = [own, older.links.get(seq)].filter((one) => one !== undefined);
    const link: Link | undefined = candidates.find(fits) ?? (before === undefined ? own : undefined);
    if (link !== undefined) {
      chosen.set(seq, link);
      put.run(link);
    }
    last = link?.hash;
  }
  const lost = writeDown(db, chosen, [newer, older], top, at);
  const head =
    newer.head?.seq === top ? newer.head.hash : (chosen.get(Math.max(0, ...chosen.keys()))?.hash ?? '0'.repeat(64));
  db.prepare('DELETE FROM consent_head').run();
  db.prepare('INSERT INTO consent_head (id, seq, hash) VALUES (1, ?, ?)').run(top, head);
  return lost;
}

function writeDown(db: Db, chosen: Map<number, Link>, sources: readonly ReadChain[], top: number, at: string): number {
  const keep = db.prepare('INSERT INTO consent_payloads (seq, salt, payload) VALUES (?, ?, ?)');
  const lose = db.prepare('INSERT INTO consent_losses (seq, what, at) VALUES (?, ?, ?)');
  const erasedAt = new Map<string, number>();
  for (const { kind, portraitId, seq } of chosen.values()) if (kind === 'erasure') erasedAt.set(portraitId, seq);
  let lost = 0;
  for (let seq = 1; seq <= top; seq++) {
    const link = chosen.get(seq);
    const known = sources.some(({ losses }) => losses.has(seq));
    if (link !== undefined && (link.kind === 'erasure' || (erasedAt.get(link.portraitId) ?? 0) > seq)) continue;
    const found = link && sources.map(({ payloads }) => payloads.get(seq)).find((one) => one && isOf(link, one));
    if (found !== undefined) keep.run(seq, found.salt, found.payload);
    else {
      lose.run(seq, link === undefined ? 'record' : 'payload', at);
      if (!known) lost += 1;
    }
  }
  return lost;
}

const isOf = (link: Link, { salt, payload }: Payload): boolean => {
  try {
    return payloadHashOf(salt, payload) === link.payloadHash && JSON.parse(payload) !== undefined;
  } catch {
    return false;
  }
};
