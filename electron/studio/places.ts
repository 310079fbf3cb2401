import { realpath } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import type { SettingHere, Settings } from '../../shared/contract/settings.ts';
import { isSharedPrinter, type ListedPrinter, type PlaceProblem } from '../../shared/domain/places.ts';
import { unfit } from '../programs/examine.ts';
import { askFfmpeg, ffmpegMark, silent } from './audio/find.ts';
import { type CableSystem, cablesOf, listCables } from './ticket/cables.ts';
import { isModel, saysWhisper, whisperMark } from './transcript/ask-whisper.ts';

export interface PlacesParts {
  /** Nothing is run or read from here: what lies in it came from outside. */
  dataDir: string;
  /** For tests. */
  cables?: CableSystem;
}

/** A kernel's windows on itself: nothing in them is a file somebody put there. */
const kernels = /^\/(dev|proc|sys)(\/|$)/;

/**
 * Looks at what a setting names on the booth's machine before it is kept: programs by their file first, and only then by what
 * they say of themselves; models by how they begin; printers by the system's own list. Empty is always right: it is the
 * system's, or none.
 */
export function createPlaces({ dataDir, cables = cablesOf() }: PlacesParts) {
  const printers = (): Promise<ListedPrinter[]> => listCables(cables);

  async function ffmpeg(path: string): Promise<PlaceProblem | undefined> {
    const looks = await unfit(path, { mark: ffmpegMark, never: [dataDir] });
    if (looks !== undefined) return looks;
    const said = await askFfmpeg(path);
    if (typeof said !== 'string') return undefined;
    return said === silent ? 'noAnswer' : 'notThatProgram';
  }

  async function whisper(path: string): Promise<PlaceProblem | undefined> {
    const looks = await unfit(path, { mark: whisperMark, never: [dataDir] });
    if (looks !== undefined) return looks;
    return (await saysWhisper(path)) ? undefined : 'notThatProgram';
  }

  async function model(path: string): Promise<PlaceProblem | undefined> {
    if (!isAbsolute(path) || path.includes('\0')) return 'notAbsolute';
    const real = await realpath(path).catch(() => undefined);
    if (real === undefined || kernels.test(real)) return 'notAModel';
    return (await isModel(real)) ? undefined : 'notAModel';
  }

  async function printer(setting: Settings['ticketPrinter']): Promise<PlaceProblem | undefined> {
    if (setting.kind !== 'device') return undefined;
    // Windows lists what it shares to nobody who does not ask a program.
    if (cables.platform === 'win32') return isSharedPrinter(setting.path) ? undefined : 'notAPrinter';
    const listed = await printers();
    return listed.some(({ path }) => path === setting.path) ? undefined : 'notAPrinter';
  }

  const looks: { [Name in SettingHere]: (settings: Settings) => Promise<PlaceProblem | undefined> } = {
    ffmpegPath: async ({ ffmpegPath }) => (ffmpegPath.trim() === '' ? undefined : ffmpeg(ffmpegPath.trim())),
    whisperPath: async ({ whisperPath }) => (whisperPath.trim() === '' ? undefined : whisper(whisperPath.trim())),
    whisperModel: async ({ whisperModel }) => (whisperModel.trim() === '' ? undefined : model(whisperModel.trim())),
    ticketPrinter: ({ ticketPrinter }) => printer(ticketPrinter),
  };

  return {
    printers,
    /** Whether a printer is written by its shared name, where the system gives no list. */
    byName: cables.platform === 'win32',
    /** What speaks against these settings, the first of them; undefined when nothing does. */
    async trouble(
      settings: Settings,
      names: readonly SettingHere[],
    ): Promise<{ field: SettingHere; problem: PlaceProblem } | undefined> {
      for (const field of names) {
        const problem = await looks[field](settings);
        if (problem !== undefined) return { field, problem };
      }
      return undefined;
    },
  };
}
export type Places = ReturnType<typeof createPlaces>;
