import { createHash, randomBytes } from 'node:crypto';
import { canonical } from '../../../shared/domain/canonical.ts';
import type { ChainFault, ChainHead, ChainState, ConsentKind, ConsentRecord } from '../../../shared/domain/evidence.ts';
import { newId } from '../../../shared/domain/ids.ts';
import type { Db } from './database.ts';

export interface NewRecord {
  portraitId: string;
  kind: ConsentKind;
  at: string;
  facts: Record<string, unknown>;
  /** Everything personal; erased with the person. */
  payload: unknown;
}

const columns = `r.seq, r.id, r.portrait_id AS portraitId, r.kind, r.at, r.booth_id AS boothId, r.facts,
  r.payload_hash AS payloadHash, r.previous, r.hash, p.salt, p.payload
  FROM consent_records r LEFT JOIN consent_payloads p ON p.seq = r.seq`;

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** SHA-256 over the hash before and the record itself, in canonical form. */
export function linkHash(record: Omit<ConsentRecord, 'hash' | 'salt' | 'payload'>): string {
  const { previous, seq, id, portraitId, kind, at, boothId, facts, payloadHash } = record;
  return sha256(`${previous}\n${canonical({ seq, id, portraitId, kind, at, boothId, facts, payloadHash })}`);
}

/** What ties a payload to its record. Without the salt nobody can try payloads until one fits. */
export function payloadHashOf(salt: string, payload: string): string {
  return sha256(`${salt}\n${payload}`);
}

export function boothIdOf(db: Db): string {
  const id = db.prepare<[], string>('SELECT booth_id FROM booth').pluck().get();
  if (id === undefined) throw new Error('the booth has no id');
  return id;
}

export function chainHead(db: Db): ChainHead {
  const head = db.prepare<[], ChainHead>('SELECT seq, hash FROM consent_head').get();
  if (head === undefined) throw new Error('the chain of consent has no head');
  return head;
}

/** Adds a link; call it inside the transaction that makes the change it proves. */
export function appendConsent(db: Db, wanted: NewRecord): void {
  const head = chainHead(db);
  const salt = randomBytes(32).toString('hex');
  const payload = canonical(wanted.payload);
  const link = {
    seq: head.seq + 1,
    id: newId(),
    portraitId: wanted.portraitId,
    kind: wanted.kind,
    at: wanted.at,
    boothId: boothIdOf(db),
    facts: canonical(wanted.facts),
    payloadHash: payloadHashOf(salt, payload),
    previous: head.hash,
  };
  const hash = linkHash(link);
  db.prepare(
    `INSERT INTO consent_records (seq, id, portrait_id, kind, at, booth_id, facts, payload_hash, previous, hash)
     VALUES (@seq, @id, @portraitId, @kind, @at, @boothId, @facts, @payloadHash, @previous, @hash)`,
  ).run({ ...link, hash });
  // An erasure has nothing personal to keep.
  if (wanted.kind !== 'erasure') {
    db.prepare('INSERT INTO consent_payloads (seq, salt, payload) VALUES (?, ?, ?)').run(link.seq, salt, payload);
  }
  db.prepare('UPDATE consent_head SET seq = ?, hash = ?').run(link.seq, hash);
}

/** A portrait's records, oldest first. */
export function consentRecords(db: Db, portraitId: string): ConsentRecord[] {
  return db
    .prepare<[string], ConsentRecord>(`SELECT ${columns} WHERE r.portrait_id = ? ORDER BY r.seq`)
    .all(portraitId);
}

/**
 * Looks at every link: its hash, its place, its payload. A payload may be gone only where the person's erasure stands
 * later in the chain, and then has to be gone. What damage took is written down in `consent_losses`, and counted.
 */
export function verifyLinks(db: Db): ChainState {
  const head = chainHead(db);
  const erasedAt = new Map(
    db
      .prepare<[], { id: string; seq: number }>(
        "SELECT portrait_id AS id, max(seq) AS seq FROM consent_records WHERE kind = 'erasure' GROUP BY portrait_id",
      )
      .all()
      .map(({ id, seq }) => [id, seq]),
  );
  const lost = new Map(
    db
      .prepare<[], { seq: number; what: string }>('SELECT seq, what FROM consent_losses')
      .all()
      .map(({ seq, what }) => [seq, what]),
  );
  /** Undefined behind a lost link, whose hash nobody knows any more. */
  let previous: string | undefined = '0'.repeat(64);
  let seq = 0;
  let records = 0;
  const bad = (fault: ChainFault, at: number): ChainState => ({ ok: false, records, fault, seq: at });
  const skipLost = () => {
    for (; lost.get(seq + 1) === 'record'; seq++) previous = undefined;
  };
  for (const link of db.prepare<[], ConsentRecord>(`SELECT ${columns} ORDER BY r.seq`).iterate()) {
    records += 1;
    skipLost();
    seq += 1;
    if (link.seq !== seq) return bad('missing', seq);
    if ((previous !== undefined && link.previous !== previous) || link.hash !== linkHash(link)) {
      return bad('changed', link.seq);
    }
    const erased = link.kind === 'erasure' || (erasedAt.get(link.portraitId) ?? 0) > link.seq;
    if (link.payload === null || link.salt === null) {
      if (!erased && lost.get(seq) !== 'payload') return bad('payloadMissing', link.seq);
    } else if (erased) return bad('payloadLeft', link.seq);
    else if (payloadHashOf(link.salt, link.payload) !== link.payloadHash) return bad('payloadChanged', link.seq);
    previous = link.hash;
  }
  skipLost();
  if (head.seq !== seq || (previous !== undefined && head.hash !== previous)) return bad('head', head.seq);
  const strays = db
    .prepare('SELECT 1 FROM consent_payloads WHERE seq NOT IN (SELECT seq FROM consent_records) LIMIT 1')
    .get();
  if (strays !== undefined) return bad('missing', records);
  return { ok: true, records, head: head.hash, lost: lost.size };
}

/** Texts that records name must be there, and be the ones that were shown; answers the first record they are not of. */
export function verifyTexts(db: Db): number | undefined {
  const spoilt = new Set<string>();
  for (const { sha256: kept, text } of db
    .prepare<[], { sha256: string; text: string }>('SELECT sha256, text FROM consent_texts')
    .iterate()) {
    if (sha256(text) !== kept) spoilt.add(kept);
  }
  if (spoilt.size > 0) return 0;
  return db
    .prepare<[], number>(
      `SELECT r.seq FROM consent_records r WHERE r.kind IN ('record', 'choices') AND NOT EXISTS (
         SELECT 1 FROM consent_texts t WHERE t.version = json_extract(r.facts, '$.textVersion')
           AND t.language = json_extract(r.facts, '$.language') AND t.sha256 = json_extract(r.facts, '$.textSha256'))
       ORDER BY r.seq LIMIT 1`,
    )
    .pluck()
    .get();
}
