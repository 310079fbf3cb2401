import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { z } from 'zod';
import { language, speaker } from '../../shared/contract/base.ts';
import { purposes } from '../../shared/domain/consent.ts';
import { newId } from '../../shared/domain/ids.ts';
import type { Studio } from './studio.ts';

/** The PIN of a demonstration, printed at start; a real library asks for one of its own. */
export const demoPin = '2304';

const portraits = z.array(
  z.object({
    file: z.string().regex(/^[\w-]+\.\w+$/),
    firstName: speaker.shape.firstName,
    trade: speaker.shape.trade,
    cooperative: speaker.shape.cooperativeId,
    language,
    /** Which of the event's questions, counted from 0. */
    question: z.int().min(0),
  }),
);
type DemoPortrait = z.infer<typeof portraits>[number];

/** What hosts have made of some of them already, by their place in the file; the others wait for review. */
const handled: Record<number, 'approved' | 'rejected' | 'unconfirmed'> = {
  1: 'approved',
  4: 'approved',
  6: 'rejected',
  10: 'unconfirmed',
};
const theme = {
  fr: 'Entreprendre, un sport d’équipe',
  en: 'Business is a team sport',
  nl: 'Ondernemen is een teamsport',
};

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
  now: () => Date = studio.clock.now,
): Promise<void> {
  if (!studio.staff.isSetUp()) await studio.staff.setUp(demoPin);
  if (studio.library.portraits.list({ limit: 1 }).rows.length > 0) return;
  const dir = join(resourcesDir, 'demo');
  const entries = portraits.parse(JSON.parse(readFileSync(join(dir, 'portraits.json'), 'utf8')));
  const { id: _, ...event } = studio.library.events.current();
  studio.library.events.save({ ...event, town: 'Dunkerque', day: '2023-04-14', theme }, 'organiser');
  for (const [index, entry] of entries.entries()) {
    const minutesAgo = (entries.length - index) * apart;
    await addPortrait(studio, dir, entry, handled[index], new Date(now().getTime() - minutesAgo * 60_000));
    studio.changes.note('portraits');
  }
}

async function addPortrait(
  studio: Studio,
  dir: string,
  entry: DemoPortrait,
  state: (typeof handled)[number] | undefined,
  at: Date,
): Promise<void> {
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
  const { takes, portraits: shelf, events } = studio.library;
  const { questions } = events.current();
  takes.startTake(
    {
      portraitId,
      takeId,
      questionId: questions[entry.question]?.id ?? questions[0]?.id ?? '',
      consent: {
        textVersion: notice.version,
        textSha256: notice.sha256,
        language: entry.language,
        answer: 'yes',
        answeredAt: stamp,
        ageBand: 'adult',
        guardians: [],
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
  if (state === 'unconfirmed') takes.keepUnconfirmed(portraitId, takeId);
  else {
    takes.keep(portraitId, takeId, {
      textVersion: notice.version,
      textSha256: notice.sha256,
      language: entry.language,
      // Voices nobody has: the demonstration may do all of it with them.
      purposes: [...purposes],
      nameShown: 'name',
      pseudonym: '',
      until: null,
      contact: '',
      answeredAt: stamp,
    });
  }
  const revision = shelf.get(portraitId)?.revision ?? 0;
  if (state === 'approved') shelf.approve(portraitId, revision, 'host');
  if (state === 'rejected') shelf.moveTo(portraitId, revision, 'rejected', 'host');
}
