import { actorText, type StaffActor, staffFromText } from '../../../shared/domain/actor.ts';
import type {
  ExportFile,
  ExportPlan,
  ExportReason,
  ExportState,
  HandedOver,
  LeftOut,
  StoredJob,
} from '../../../shared/domain/batch.ts';
import type { HandedOver as Copy } from '../../../shared/domain/evidence.ts';
import { type Actor, audit } from './audit.ts';
import { type Db, transaction } from './database.ts';

type JobRow = Omit<StoredJob, 'flac' | 'plan' | 'leftOut' | 'actor'> & {
  flac: 0 | 1;
  plan: string;
  leftOut: string;
  actor: string;
};

const columns = `id, batch_id AS batchId, kind, parent, place, flac, state, reason, actor, plan, left_out AS leftOut,
  bytes_total AS bytesTotal, created_at AS createdAt, updated_at AS updatedAt`;

/** Exports, their finished files, and what has left the house by them. */
export function exportsRepository(db: Db, now: () => Date) {
  const stamp = () => now().toISOString();
  const one = db.prepare<[string], JobRow>(`SELECT ${columns} FROM export_jobs WHERE id = ?`);
  const stored = (row: JobRow): StoredJob => ({
    ...row,
    flac: row.flac === 1,
    actor: staffFromText(row.actor),
    plan: JSON.parse(row.plan),
    leftOut: JSON.parse(row.leftOut),
  });
  const get = (id: string) => {
    const row = one.get(id);
    return row === undefined ? undefined : stored(row);
  };

  return {
    get,

    ofBatch(batchId: string): StoredJob[] {
      return db
        .prepare<[string], JobRow>(`SELECT ${columns} FROM export_jobs WHERE batch_id = ? ORDER BY id DESC LIMIT 20`)
        .all(batchId)
        .map(stored);
    },

    inState(...states: ExportState[]): StoredJob[] {
      return db
        .prepare<[string], JobRow>(
          `SELECT ${columns} FROM export_jobs WHERE state IN (SELECT value FROM json_each(?)) ORDER BY id`,
        )
        .all(JSON.stringify(states))
        .map(stored);
    },

    /** What was chosen last, on this booth. */
    last(): { folder: string; flac: boolean } {
      const folder = db
        .prepare<[], string>(`SELECT parent FROM export_jobs WHERE kind = 'folder' ORDER BY id DESC LIMIT 1`)
        .pluck()
        .get();
      const flac = db.prepare<[], number>('SELECT flac FROM export_jobs ORDER BY id DESC LIMIT 1').pluck().get();
      return { folder: folder ?? '', flac: flac === 1 };
    },

    /** False when an export of the batch is under way already. */
    add(job: StoredJob): boolean {
      return transaction(db, () => {
        const busy = db
          .prepare(`SELECT 1 FROM export_jobs WHERE batch_id = ? AND state IN ('waiting','running')`)
          .get(job.batchId);
        if (busy !== undefined) return false;
        db.prepare(
          `INSERT INTO export_jobs (id, batch_id, kind, parent, place, flac, state, reason, actor, plan, left_out,
           bytes_total, created_at, updated_at) VALUES (@id, @batchId, @kind, @parent, @place, @flac, @state, @reason,
           @actor, @plan, @leftOut, @bytesTotal, @createdAt, @updatedAt)`,
        ).run({
          ...job,
          flac: job.flac ? 1 : 0,
          actor: actorText(job.actor),
          plan: JSON.stringify(job.plan),
          leftOut: JSON.stringify(job.leftOut),
        });
        const detail = { id: job.id, batch: job.batchId, kind: job.kind, portraits: job.plan.length };
        audit(db, { at: stamp(), actor: job.actor, action: 'export-started', detail });
        return true;
      });
    },

    /** Moves a job on when it is in one of `from`; false when it is not. */
    move(
      id: string,
      from: readonly ExportState[],
      to: ExportState,
      reason: ExportReason | null,
      actor: Actor,
    ): boolean {
      return transaction(db, () => {
        const job = get(id);
        if (job === undefined || !from.includes(job.state)) return false;
        const under = to === 'waiting' || to === 'running';
        const other = db
          .prepare(`SELECT 1 FROM export_jobs WHERE batch_id = ? AND id <> ? AND state IN ('waiting','running')`)
          .get(job.batchId, id);
        if (under && other !== undefined) return false;
        const at = stamp();
        db.prepare('UPDATE export_jobs SET state = ?, reason = ?, updated_at = ? WHERE id = ?').run(to, reason, at, id);
        if (to !== 'running') audit(db, { at, actor, action: `export-${to}`, detail: { id, reason } });
        return true;
      });
    },

    /** What is known better now: the whole size, and who is left out. */
    note(id: string, known: { bytesTotal?: number; leftOut?: LeftOut[] }): void {
      const leftOut = known.leftOut === undefined ? null : JSON.stringify(known.leftOut);
      db.prepare(
        `UPDATE export_jobs SET bytes_total = coalesce(@bytesTotal, bytes_total),
         left_out = coalesce(@leftOut, left_out), updated_at = @at WHERE id = @id`,
      ).run({ id, bytesTotal: known.bytesTotal ?? null, leftOut, at: stamp() });
    },

    files(jobId: string): ExportFile[] {
      return db
        .prepare<[string], ExportFile>(
          `SELECT name, portrait_id AS portraitId, made_from AS madeFrom, bytes, sha256 FROM export_files
           WHERE job_id = ? ORDER BY name`,
        )
        .all(jobId);
    },

    /** A file stands under its name; one that leaves the house with it is noted in the same transaction. */
    addFile(jobId: string, file: ExportFile, handed: { batch: string; actor: StaffActor; place: string } | null): void {
      transaction(db, () => {
        const at = stamp();
        db.prepare(
          `INSERT INTO export_files (job_id, name, portrait_id, made_from, bytes, sha256, at)
           VALUES (@jobId, @name, @portraitId, @madeFrom, @bytes, @sha256, @at)
           ON CONFLICT (job_id, name) DO UPDATE SET portrait_id = excluded.portrait_id, made_from = excluded.made_from,
           bytes = excluded.bytes, sha256 = excluded.sha256, at = excluded.at`,
        ).run({ ...file, jobId, at });
        if (handed !== null) handOver(db, jobId, file, { ...handed, kind: 'folder', at });
      });
    },

    removeFile(jobId: string, name: string): void {
      db.prepare('DELETE FROM export_files WHERE job_id = ? AND name = ?').run(jobId, name);
    },

    /** A copy taken back before anybody could have it, e.g. of a portrait withdrawn while its folder was written. */
    takeBack(jobId: string, file: string): void {
      db.prepare('DELETE FROM handed_over WHERE job_id = ? AND file = ?').run(jobId, file);
    },

    /** A file went out inside a ZIP. */
    sent(jobId: string, file: ExportFile, handed: { batch: string; actor: StaffActor; place: string }): void {
      transaction(db, () => handOver(db, jobId, file, { ...handed, kind: 'zip', at: stamp() }));
    },

    /** Every copy of a portrait that has left the house, newest first. */
    handedOver(portraitId: string): HandedOver[] {
      return db
        .prepare<[string], Omit<HandedOver, 'actor'> & { actor: string }>(
          `SELECT batch, kind, place, file, sha256, at, actor, settled_at AS settledAt FROM handed_over WHERE portrait_id = ? ORDER BY id DESC`,
        )
        .all(portraitId)
        .map((row) => ({ ...row, actor: staffFromText(row.actor) }));
    },

    /** The same by export, newest first: what one hand was given at once is one copy. */
    copies(portraitId: string): Copy[] {
      return db
        .prepare<[string], Omit<Copy, 'by'> & { actor: string; name: string | null }>(
          `SELECT h.job_id AS copy, h.batch, b.purpose, h.kind, h.place, max(h.at) AS at, h.actor, m.name,
             CASE WHEN count(*) = count(h.settled_at) THEN max(h.settled_at) END AS settledAt
           FROM handed_over h LEFT JOIN export_jobs j ON j.id = h.job_id LEFT JOIN batches b ON b.id = j.batch_id
             LEFT JOIN staff_members m ON m.id = substr(h.actor, instr(h.actor, ':') + 1)
           WHERE h.portrait_id = ? GROUP BY h.job_id ORDER BY max(h.id) DESC`,
        )
        .all(portraitId)
        .map(({ actor, name, ...copy }) => ({ ...copy, by: { role: roleOf(staffFromText(actor)), name } }));
    },

    /** Portraits that go on being used of which a copy is with somebody. */
    copiesOut(): { id: string; code: string | null }[] {
      return db
        .prepare<[], { id: string; code: string | null }>(
          `SELECT DISTINCT p.id, p.code FROM handed_over h JOIN portraits p ON p.id = h.portrait_id
           WHERE h.settled_at IS NULL AND p.state NOT IN ('withdrawn','erased') ORDER BY p.id`,
        )
        .all();
    },

    /**
     * Somebody has had a copy, or with none named every copy, destroyed or given back; its file names, which may be a
     * name, go. False when there was none.
     */
    settleCopies(portraitId: string, copy: string | undefined, actor: Actor): boolean {
      return transaction(db, () => {
        const at = stamp();
        const { changes } = db
          .prepare(
            `UPDATE handed_over SET settled_at = @at, file = sha256
             WHERE portrait_id = @portraitId AND settled_at IS NULL AND (@copy IS NULL OR job_id = @copy)`,
          )
          .run({ at, portraitId, copy: copy ?? null });
        if (changes > 0) audit(db, { at, actor, action: 'copies-settled', portraitId, detail: { files: changes } });
        return changes > 0;
      });
    },
  };
}

/**
 * For an erasure, inside its transaction: exports remember under which names files were made, and names are made of
 * titles. A portrait keeps its place in the plan, nameless, so that an export that goes on leaves it out; what was handed
 * over stays listed. A ZIP's files lie in the booth's own folder and go by their rows (`export` in to_erase).
 */
export function forgetInExports(db: Db, portraitId: string): void {
  const jobs = db
    .prepare<{ portraitId: string }, Pick<JobRow, 'id' | 'plan' | 'leftOut'>>(
      `SELECT id, plan, left_out AS leftOut FROM export_jobs
       WHERE instr(plan, @portraitId) > 0 OR instr(left_out, @portraitId) > 0`,
    )
    .all({ portraitId });
  const save = db.prepare('UPDATE export_jobs SET plan = ?, left_out = ? WHERE id = ?');
  for (const { id, plan, leftOut } of jobs) {
    const nameless = <Entry extends { portraitId: string }>(entries: Entry[], words: Partial<Entry>): string =>
      JSON.stringify(entries.map((entry) => (entry.portraitId === portraitId ? { ...entry, ...words } : entry)));
    save.run(
      nameless(JSON.parse(plan) as ExportPlan, { name: portraitId }),
      nameless(JSON.parse(leftOut) as LeftOut[], { title: '' }),
      id,
    );
  }
  db.prepare(
    `DELETE FROM export_files WHERE portrait_id = ? AND job_id IN (SELECT id FROM export_jobs WHERE kind = 'folder')`,
  ).run(portraitId);
}

const roleOf = (actor: StaffActor) => (typeof actor === 'string' ? actor : actor.role);

function handOver(
  db: Db,
  jobId: string,
  file: ExportFile,
  handed: { batch: string; actor: StaffActor; place: string; kind: 'folder' | 'zip'; at: string },
): void {
  if (file.portraitId === null) return;
  const { changes } = db
    .prepare(
      `INSERT INTO handed_over (portrait_id, job_id, batch, kind, place, file, sha256, at, actor)
       VALUES (@portraitId, @jobId, @batch, @kind, @place, @file, @sha256, @at, @actor)
       ON CONFLICT (job_id, file, sha256) DO NOTHING`,
    )
    .run({
      ...handed,
      actor: actorText(handed.actor),
      jobId,
      file: file.name,
      sha256: file.sha256,
      portraitId: file.portraitId,
    });
  if (changes === 0) return;
  const detail = { job: jobId, kind: handed.kind, sha256: file.sha256 };
  audit(db, { at: handed.at, actor: handed.actor, action: 'handed-over', portraitId: file.portraitId, detail });
}
