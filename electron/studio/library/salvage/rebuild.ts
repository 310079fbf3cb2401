import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { audit } from '../audit.ts';
import { refreshScope } from '../consentActs.ts';
import { examine } from '../copies/examine.ts';
import { copiesOf } from '../copies/names.ts';
import { settle } from '../copies/settle.ts';
import { type Db, openDatabase } from '../database.ts';
import { isDamage, syncFolderNow } from '../disk.ts';
import { applyEnds } from '../ends/apply.ts';
import type { Ends } from '../ends/ends.ts';
import { migrations } from '../migrations/index.ts';
import { mergeChain, readChain, storedChain } from './chain.ts';
import { type Damaged, openDamaged, placesOf } from './damaged.ts';
import { overlay, withoutTriggers } from './overlay.ts';
import { remakeLists, remakePortraits, repair, tracesOf } from './repair.ts';

/** What became of a damaged library; ids are for counting, never shown. */
export interface Account {
  /** When the copy was made that helped (ISO 8601); null where none did. */
  copyAt: string | null;
  /** Whether anything could be read of the damaged file itself. */
  salvaged: boolean;
  /** Portraits known from any trace of them that are not in the library now. */
  missing: string[];
  /** Portraits as the copy has them: their own row could not be read, so later words may be missing. */
  older: string[];
  /** Links of the chain of consent of which something is lost. */
  consents: number;
}

export interface RebuildParts {
  dir: string;
  /** The damaged file; undefined where there is none any more. */
  damaged: string | undefined;
  /** Where the new library goes, once it is whole. */
  target: string;
  ends: Ends;
  now: () => Date;
}

const drafts = (target: string) => ['', '-wal', '-shm', '-journal'].map((suffix) => `${target}.part${suffix}`);

/**
 * Builds a library from all there is: what can be read of the damaged file, over the newest sound copy, less what people
 * ended. It stands under `target` when it is whole and synced; until then nothing else was touched. Answers undefined where
 * there is nothing to build from: neither a copy nor a readable row.
 */
export function rebuild({ dir, damaged, target, ends, now }: RebuildParts): Account | undefined {
  const draft = `${target}.part`;
  for (const path of [...drafts(target), target]) rmSync(path, { force: true });
  const file = damaged !== undefined && existsSync(damaged) ? openDamaged(damaged) : undefined;
  try {
    const copyAt = basis(dir, draft, file);
    const before = portraitsOf(draft);
    const account: Account = { copyAt, salvaged: false, missing: [], older: [], consents: 0 };
    const rows = file === undefined ? 0 : salvage(draft, file, { before, account, ends, now });
    if (copyAt === null && rows === 0) return undefined;
    account.salvaged = rows > 0;
    close(draft, account, ends, now);
    settle(draft);
    renameSync(draft, target);
    syncFolderNow(dirname(target));
    return account;
  } finally {
    file?.close();
    for (const path of drafts(target)) rmSync(path, { force: true });
  }
}

/** Puts the newest copy that is sound at `draft`, in the schema of the damaged file, or a new library. */
function basis(dir: string, draft: string, file: Damaged | undefined): string | null {
  for (const copy of copiesOf(dir)) {
    copyFileSync(copy.path, draft);
    try {
      openDatabase(draft, schemaOf(file)).close();
      settle(draft);
      const { faults } = examine(draft);
      if (faults.length === 0) return copy.at;
    } catch (error) {
      if (!isDamage(error)) throw error;
    }
    for (const path of [draft, `${draft}-wal`, `${draft}-shm`, `${draft}-journal`]) rmSync(path, { force: true });
  }
  openDatabase(draft, schemaOf(file)).close();
  return null;
}

function schemaOf(file: Damaged | undefined): number {
  const version = file?.version ?? 0;
  return version > 0 && version <= migrations.length ? version : migrations.length;
}

function portraitsOf(draft: string): string[] {
  const db = openDatabase(draft, 0);
  try {
    return db.prepare<[], string>('SELECT id FROM portraits').pluck().all();
  } finally {
    db.close();
  }
}

interface SalvageParts {
  /** Portraits of the copy. */
  before: readonly string[];
  account: Account;
  ends: Ends;
  now: () => Date;
}

/** Merges what can be read of the damaged file into the draft; answers how many rows of people or words there were. */
function salvage(draft: string, file: Damaged, { before, account, ends, now }: SalvageParts): number {
  let db = openDatabase(draft, 0);
  const roots = new Map(file.roots);
  // Where the file's own schema is damaged, the copy's tells: tables keep their place for as long as they live.
  if (account.copyAt !== null) {
    const own = db
      .prepare<[], { name: string; root: number }>(
        'SELECT name, rootpage AS root FROM sqlite_schema WHERE rootpage > 0',
      )
      .all();
    for (const { name, root } of own) if (!roots.has(name)) roots.set(name, root);
    for (const [name, root] of roots) file.roots.set(name, root);
  }
  const places = placesOf(db, roots);
  const chain = readChain(file, places);
  const traces = tracesOf(file, places);
  let rows = 0;
  const merge = (work: () => void) => {
    db.pragma('foreign_keys = OFF');
    db.transaction(() => withoutTriggers(db, work)).immediate();
  };
  merge(() => {
    const read = overlay(db, file, places);
    rows = read.rows + chain.links.size + traces.facts.size;
    if (read.broken.has('portraits')) account.older = before.filter((id) => !read.portraits.has(id));
    account.missing = db
      .prepare<[], string>(
        'SELECT portrait_id FROM takes UNION SELECT portrait_id FROM audit WHERE portrait_id IS NOT NULL',
      )
      .pluck()
      .all();
  });
  db.close();
  // From here on in today's schema.
  db = openDatabase(draft);
  merge(() => {
    const at = now().toISOString();
    const least = Math.max(0, ...ends.all().map(({ seq }) => seq));
    account.consents = mergeChain(db, chain, storedChain(db), least, at);
    remakePortraits(db, traces, (id) => ends.erased(id) !== undefined);
    repair(db, traces);
  });
  db.close();
  const known = [
    ...account.missing,
    ...traces.facts.keys(),
    ...[...chain.links.values()].map(({ portraitId }) => portraitId),
  ];
  account.missing = [...new Set([...known, ...before])];
  return rows;
}

/** Makes of the merged rows a library again: what is allowed as the chain says, ends, lists, and an account of it. */
function close(draft: string, account: Account, ends: Ends, now: () => Date): void {
  const db = openDatabase(draft);
  try {
    const at = now().toISOString();
    const ids = db.prepare<[], string>('SELECT id FROM portraits').pluck().all();
    db.transaction(() => {
      for (const id of ids) refreshScope(db, id);
      db.prepare('DELETE FROM consent_now WHERE portrait_id NOT IN (SELECT id FROM portraits)').run();
      remakeLists(db);
    }).immediate();
    applyEnds(db, ends.all(), at);
    const there = new Set(db.prepare<[], string>('SELECT id FROM portraits').pluck().all());
    account.missing = account.missing.filter((id) => !there.has(id) && !isErased(db, ends, id));
    account.older = account.older.filter((id) => there.has(id) && !isErased(db, ends, id));
    const detail = { missing: account.missing.length, older: account.older.length, consents: account.consents };
    audit(db, { at, actor: 'studio', action: 'library-rebuilt', detail });
  } finally {
    db.close();
  }
}

function isErased(db: Db, ends: Ends, id: string): boolean {
  if (ends.erased(id) !== undefined) return true;
  return db.prepare("SELECT 1 FROM consent_records WHERE portrait_id = ? AND kind = 'erasure'").get(id) !== undefined;
}
