import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLibrary, type Library } from '../../../electron/studio/library/library.ts';
import type { StartInput } from '../../../shared/contract/capture.ts';
import type { Choices } from '../../../shared/contract/consent.ts';
import { newId } from '../../../shared/domain/ids.ts';
import type { TakeClosing } from '../../../shared/domain/take.ts';
import { choicesOf } from '../../fixtures/capture-input.ts';

export const tokenHash = 'a'.repeat(64);

export function tempFolder(): string {
  return mkdtempSync(join(tmpdir(), 'phonomaton-library-'));
}

/** A new library with the collective's cooperatives and one event. */
export function seededLibrary(dir: string, now: () => Date = () => new Date()): Library {
  const library = createLibrary(dir, now);
  library.events.seed(
    [
      { id: 'tilt', name: 'Tilt' },
      { id: 'opteos', name: 'Optéos' },
    ],
    {
      name: 'Hauts les Coop',
      town: 'Dunkerque',
      day: '2023-04-14',
      theme: { fr: 'Le sport d’équipe' },
      languages: ['fr', 'nl'],
      limitSeconds: 90,
      questions: [{ id: 'metier', text: { fr: 'Quel est votre métier ?', nl: 'Wat is uw beroep?' } }],
    },
  );
  return library;
}

export function startOf(changes: Partial<StartInput> = {}): StartInput {
  return {
    portraitId: newId(),
    takeId: newId(),
    questionId: 'metier',
    consent: {
      textVersion: '2026-1',
      textSha256: 'b'.repeat(64),
      language: 'fr',
      answer: 'yes',
      answeredAt: '2026-01-01T10:00:00.000Z',
      ageBand: 'adult',
      guardians: [],
      vouch: '',
    },
    speaker: { firstName: 'Odile', trade: 'menuisière', cooperativeId: 'tilt' },
    source: { sampleRate: 48_000, device: 'Micro', method: 'processor' },
    ...changes,
  };
}

export function closingOf(changes: Partial<TakeClosing> = {}): TakeClosing {
  return {
    state: 'closed',
    closedAt: '2026-01-01T10:01:00.000Z',
    frames: 48_000 * 30,
    goFrame: 28_800,
    elapsedMs: 30_000,
    sha256: 'c'.repeat(64),
    verdict: {
      analysis: {
        duration: 30,
        loudness: { integrated: -24, truePeak: -6, range: 5 },
        floorDb: -60,
        speechDb: -25,
        speech: { start: 1, end: 28 },
        speechSeconds: 25,
        warnings: ['noisy'],
      },
      gainDb: 8,
      trim: { start: 0.7, end: 28.3 },
    },
    peaks: { rate: 10, values: Array.from({ length: 600 }, (_, index) => (index % 2 === 0 ? -50 : 60)) },
    ...changes,
  };
}

/** One portrait kept by its visitor. */
export function keptPortrait(
  library: Library,
  changes: Partial<StartInput> = {},
  allowed: Partial<Choices> = {},
): { id: string; code: string } {
  const start = startOf(changes);
  library.takes.startTake(start, tokenHash, '2026-01-01T10:00:10.000Z');
  library.takes.closeTake(start.takeId, closingOf());
  const kept = library.takes.keep(start.portraitId, start.takeId, choicesOf(allowed));
  if (kept === 'closed') throw new Error('the portrait was not kept');
  return { id: start.portraitId, code: kept.code };
}
