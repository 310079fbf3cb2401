import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newToken } from '../../../renderer/audio/token.ts';
import { bytesPerFrame, packS24 } from '../../../shared/domain/pcm.ts';
import { boothClient, speak } from '../../fixtures/booth-client.ts';
import { startInput } from '../../fixtures/capture-input.ts';
import { type KillableStudio, startStudio } from '../../fixtures/killable-studio.ts';

const sampleRate = 48_000;
const pace = 1;
const seconds = 2.5;

/**
 * When the studio is killed: so long after the take's first sound is safe; or so long after this chunk has left the page, while the
 * studio is at work on it; or so long after the page has asked it to close the take.
 */
type Moment = { after: number } | { chunk: number; after: number } | { stop: true; after: number };
const moments: Moment[] = [
  ...Array.from({ length: 9 }, (_, i) => ({ after: i * 167 })),
  ...Array.from({ length: 12 }, (_, i) => ({ chunk: 1 + i, after: i * 0.4 })),
  ...Array.from({ length: 4 }, (_, i) => ({ stop: true as const, after: i * 6 })),
];

let dataDir: string;
let studio: KillableStudio | undefined;
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'crash-'));
});
afterAll(async () => {
  await studio?.kill();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Something between speech and a tone, other in every take, so that no take can pass for another. */
function sound(seed: number): Uint8Array<ArrayBuffer> {
  const samples = Float32Array.from({ length: seconds * sampleRate }, (_, i) => {
    const syllable = Math.max(0, Math.sin((i * 2 * Math.PI * 3) / sampleRate));
    return 0.3 * syllable * Math.sin((i * 2 * Math.PI * (140 + seed * 7)) / sampleRate);
  });
  return packS24(samples, new Uint8Array(samples.length * bytesPerFrame)) as Uint8Array<ArrayBuffer>;
}

/** How a take may have ended: a crash while the page was still sending is always told to the hosts. */
const closedBy = (moment: Moment) => ('stop' in moment ? /^(closed|recovered)$/ : /^recovered$/);

/** Everything the library holds of portraits, by portrait, with the hash of each master. */
function libraryState(): Map<string, string> {
  const db = new Database(join(dataDir, 'library.db'), { readonly: true });
  try {
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(db.pragma('foreign_key_check')).toEqual([]);
    const portraits = db.prepare<[], { id: string; speaker_id: string }>('SELECT * FROM portraits').all();
    return new Map(
      portraits.map((portrait) => {
        const takes = db
          .prepare<[string], { id: string }>('SELECT * FROM takes WHERE portrait_id = ?')
          .all(portrait.id);
        const consents = db
          .prepare<[string], { facts: string }>('SELECT * FROM consent_records WHERE portrait_id = ?')
          .all(portrait.id)
          .map((record) => ({ ...record, ...JSON.parse(record.facts) }));
        const speaker = db.prepare('SELECT * FROM speakers WHERE id = ?').get(portrait.speaker_id);
        const files = takes.map(({ id }) => createHash('sha256').update(master(id)).digest('hex'));
        return [portrait.id, JSON.stringify({ portrait, takes, consents, speaker, files })];
      }),
    );
  } finally {
    db.close();
  }
}

function master(takeId: string): Buffer {
  return readFileSync(join(dataDir, 'takes', `${takeId}.wav`));
}

/** Frames ffmpeg plays of the file; throws when it complains. */
function played(takeId: string): number {
  const path = join(dataDir, 'takes', `${takeId}.wav`);
  const pcm = execFileSync('ffmpeg', ['-v', 'error', '-xerror', '-i', path, '-f', 's24le', 'pipe:1'], {
    maxBuffer: 64 << 20,
  });
  return pcm.length / bytesPerFrame;
}

test(`${moments.length} kills in the middle of recordings cost at most half a second each and no context`, async () => {
  const lost: number[] = [];
  studio = await startStudio(dataDir);
  await boothClient(studio.url).staff.setUp({ pin: '471100' });
  let before = libraryState();

  for (const [kill, moment] of moments.entries()) {
    const client = boothClient(studio.url);
    const { event, notices } = await client.booth.config({});
    const [notice] = notices;
    const [question] = event.questions;
    if (notice === undefined || question === undefined) throw new Error('no notice or no question');
    const token = newToken();
    const input = startInput({
      token,
      questionId: question.id,
      speaker: { firstName: `Visiteuse ${kill}`, trade: 'luthière', cooperativeId: null },
      consent: {
        textVersion: notice.version,
        textSha256: notice.sha256,
        language: notice.language,
        answer: 'yes',
        answeredAt: new Date().toISOString(),
        ageBand: 'adult',
        guardians: [],
        vouch: '',
      },
    });
    await client.capture.start(input);
    const pcm = sound(kill);
    const chunkLeft = Promise.withResolvers<void>();
    const speaking = speak(studio.url, { takeId: input.takeId, token }, pcm, sampleRate, pace, (chunk) => {
      if ('chunk' in moment && chunk >= moment.chunk) chunkLeft.resolve();
    });
    await speaking.begun;
    if ('chunk' in moment) await Promise.race([chunkLeft.promise, speaking.delivered()]);
    if ('stop' in moment) {
      const { chunks, frames } = await speaking.delivered();
      const stop = { takeId: input.takeId, token, chunks, frames, goFrame: 0, elapsedMs: 0 };
      client.capture.stop(stop).catch(() => undefined);
    }
    await pause(moment.after);
    const dying = studio.kill();
    const { sent, durable } = speaking.abandon();
    await dying;
    studio = await startStudio(dataDir);

    const after = libraryState();
    for (const [id, portrait] of before) expect(after.get(id), `portrait ${id} is as it was`).toBe(portrait);
    before = after;
    const file = master(input.takeId);
    const frames = file.readUInt32LE(40) / bytesPerFrame;
    lost.push(((sent - frames) * 1000) / sampleRate);
    expect(frames).toBeGreaterThanOrEqual(durable);
    expect(lost.at(-1)).toBeLessThanOrEqual(500);
    expect(file.subarray(44, 44 + frames * bytesPerFrame).equals(pcm.subarray(0, frames * bytesPerFrame))).toBe(true);
    expect(played(input.takeId)).toBe(frames);

    const kept = JSON.parse(after.get(input.portraitId) ?? 'null');
    expect(kept).toMatchObject({
      portrait: { state: 'toReview', confirmed: 0, question_id: question.id, language: notice.language },
      takes: [{ id: input.takeId, state: expect.stringMatching(closedBy(moment)), frames }],
      consents: [{ kind: 'record', textVersion: notice.version, textSha256: notice.sha256 }],
      speaker: { first_name: `Visiteuse ${kill}`, trade: 'luthière' },
    });
    const { vouch: _, ...consent } = input.consent;
    const beside = JSON.parse(readFileSync(join(dataDir, 'takes', `${input.takeId}.json`), 'utf8'));
    expect(beside).toMatchObject({ portraitId: input.portraitId, speaker: input.speaker, consent });
  }

  lost.sort((a, b) => a - b);
  console.log(`lost at most ${lost.at(-1)} ms, median ${lost[lost.length >> 1]} ms, over ${lost.length} takes`);
  expect(before.size).toBe(moments.length);
}, 120_000);
