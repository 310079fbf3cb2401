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
const pace = 4;
const kills = 25;
const seconds = 8;

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
        const consents = db.prepare('SELECT * FROM consents WHERE portrait_id = ?').all(portrait.id);
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

test(`${kills} kills in the middle of recordings cost at most half a second each and no context`, async () => {
  const lost: number[] = [];
  studio = await startStudio(dataDir);
  await boothClient(studio.url).staff.setUp({ pin: '471100' });
  let before = libraryState();

  for (let kill = 0; kill < kills; kill++) {
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
      },
    });
    await client.capture.start(input);
    const pcm = sound(kill);
    const speaking = speak(studio.url, { takeId: input.takeId, token }, pcm, sampleRate, pace);
    // From before the first chunk on, spread over the take; the odd step lands on every phase of a chunk's way.
    await pause(5 + kill * 61.7);
    const dying = studio.kill();
    const { sent, durable } = speaking.abandon();
    await dying;
    studio = await startStudio(dataDir);

    const after = libraryState();
    for (const [id, portrait] of before) expect(after.get(id), `portrait ${id} is as it was`).toBe(portrait);
    before = after;
    if (sent === 0) {
      expect(after.has(input.portraitId)).toBe(false);
      continue;
    }
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
      takes: [{ id: input.takeId, state: 'recovered', frames }],
      consents: [{ text_version: notice.version, text_sha256: notice.sha256, answer: 'yes' }],
      speaker: { first_name: `Visiteuse ${kill}`, trade: 'luthière' },
    });
    const beside = JSON.parse(readFileSync(join(dataDir, 'takes', `${input.takeId}.json`), 'utf8'));
    expect(beside).toMatchObject({ portraitId: input.portraitId, speaker: input.speaker, consent: input.consent });
  }

  lost.sort((a, b) => a - b);
  console.log(`lost at most ${lost.at(-1)} ms, median ${lost[lost.length >> 1]} ms, over ${lost.length} takes`);
  expect(lost.length).toBeGreaterThanOrEqual(kills - 1);
  expect(before.size).toBe(lost.length);
}, 240_000);
