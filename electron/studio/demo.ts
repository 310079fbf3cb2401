import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { z } from 'zod';
import { language, localisedText, speaker } from '../../shared/contract/base.ts';
import { newId } from '../../shared/domain/ids.ts';
import type { Studio } from './studio.ts';

/** The PIN of a demonstration, printed at start; a real library asks for one of its own. */
export const demoPin = '2304';

const portrait = z.object({
  file: z.string().regex(/^[\w-]+\.\w+$/),
  firstName: speaker.shape.firstName,
  trade: speaker.shape.trade,
  cooperative: speaker.shape.cooperativeId,
  language,
  question: z.string(),
  /** What a host has made of it already. */
  state: z.enum(['toReview', 'unconfirmed', 'approved', 'rejected']).default('toReview'),
  title: z.string().default(''),
  tags: z.array(z.string()).default([]),
});
const file = z.object({ theme: localisedText, portraits: z.array(portrait) });
type DemoPortrait = z.infer<typeof portrait>;

/** Minutes between two demo portraits. */
const apart = 9;

/**
 * Fills an empty library with synthesised portraits from `<resources>/demo`, so that the desk has something to show. They
 * go the way of every imported sound: decoded to a master, analysed, kept. A library that holds portraits is left alone.
 * Rejects when a demo sound cannot be decoded.
 */
export async function fillDemo(
  studio: Studio,
  resourcesDir: string,
  now: () => Date = () => new Date(),
): Promise<void> {
  if (!studio.staff.isSetUp()) await studio.staff.setUp(demoPin);
  if (studio.library.portraits.list({ limit: 1 }).rows.length > 0) return;
  const dir = join(resourcesDir, 'demo');
  const { theme, portraits } = file.parse(JSON.parse(readFileSync(join(dir, 'portraits.json'), 'utf8')));
  const { id: _, ...event } = studio.library.events.current();
  studio.library.events.save({ ...event, town: 'Dunkerque', day: '2023-04-14', theme }, 'organiser');
  for (const [index, entry] of portraits.entries()) {
    const minutesAgo = (portraits.length - index) * apart;
    await addPortrait(studio, dir, entry, new Date(now().getTime() - minutesAgo * 60_000));
    studio.changes.note('portraits');
  }
}

async function addPortrait(studio: Studio, dir: string, entry: DemoPortrait, at: Date): Promise<void> {
  const takeId = newId();
  const portraitId = v7({ msecs: at.getTime() });
  const path = join(studio.folders.takes, `${takeId}.wav`);
  const decoded = await studio.audio.decodeToMaster(join(dir, entry.file), path);
  if (!decoded.ok) throw new Error(`${entry.file}: ${decoded.error} ${decoded.detail}`);
  const sound = await studio.audio.analyse(path);
  await chmod(path, 0o444);
  const notice = studio.consentTexts.notices.find((text) => text.language === entry.language);
  if (notice === undefined) throw new Error(`no consent text in ${entry.language}`);
  const stamp = at.toISOString();
  const { takes, portraits } = studio.library;
  takes.startTake(
    {
      portraitId,
      takeId,
      questionId: entry.question,
      consent: {
        textVersion: notice.version,
        textSha256: notice.sha256,
        language: entry.language,
        answer: 'yes',
        answeredAt: stamp,
      },
      speaker: { firstName: entry.firstName, trade: entry.trade, cooperativeId: entry.cooperative },
      source: { sampleRate: decoded.value.sampleRate, device: 'espeak-ng', method: 'processor' },
    },
    createHash('sha256').update(takeId).digest('hex'),
    stamp,
  );
  takes.closeTake(takeId, {
    state: 'closed',
    closedAt: stamp,
    frames: decoded.value.frames,
    goFrame: 0,
    elapsedMs: (decoded.value.frames / decoded.value.sampleRate) * 1000,
    sha256: decoded.value.sha256,
    verdict: { analysis: sound.analysis, gainDb: sound.gainDb, trim: sound.trim },
    peaks: sound.peaks,
  });
  if (entry.state === 'unconfirmed') takes.keepUnconfirmed(portraitId, takeId);
  else takes.keep(portraitId, takeId);
  const revision = () => portraits.get(portraitId)?.revision ?? 0;
  if (entry.title !== '' || entry.tags.length > 0) {
    portraits.describe(portraitId, revision(), { title: entry.title, text: '', tags: entry.tags }, 'host');
  }
  if (entry.state === 'approved') portraits.approve(portraitId, revision(), false, 'host');
  if (entry.state === 'rejected') portraits.moveTo(portraitId, revision(), 'rejected', 'host');
}
