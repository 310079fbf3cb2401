import { codecRoomDb } from '../../../shared/domain/level.ts';
import type { Format } from '../../../shared/domain/sound.ts';

export interface FormatMaking {
  extension: string;
  mime: string;
  /** How far below the true-peak target the sound is limited before it is encoded, in dB: codecs overshoot. */
  ceilingDb: number;
  /** What goes in comes out, so that it can be measured on its way in. */
  lossless: boolean;
  filters: readonly string[];
  options: readonly string[];
  /** First bytes of such a file; stated for what is not decoded again. */
  begins?: string;
}

/** How each format is made. A change here that changes bytes raises `recipeVersion`. */
export const making: Record<Format, FormatMaking> = {
  mp3: {
    extension: 'mp3',
    mime: 'audio/mpeg',
    lossless: false,
    ceilingDb: -codecRoomDb,
    // LAME lowers constant bit rates up to 160 kb/s to 0.95 of their level; this gives it back before.
    filters: ['volume=volume=1.0526315789:precision=float'],
    options: ['-c:a', 'libmp3lame', '-b:a', '128k', '-id3v2_version', '0', '-write_id3v1', '0', '-f', 'mp3'],
  },
  flac: {
    extension: 'flac',
    mime: 'audio/flac',
    lossless: true,
    ceilingDb: -codecRoomDb,
    filters: [],
    begins: 'fLaC',
    options: ['-c:a', 'flac', '-sample_fmt', 's16', '-compression_level', '5', '-f', 'flac'],
  },
  opus: {
    // Named .ogg because WordPress refuses .opus.
    extension: 'ogg',
    mime: 'audio/ogg',
    lossless: false,
    ceilingDb: -1,
    filters: ['aresample=48000'],
    options: ['-c:a', 'libopus', '-b:a', '64k', '-application', 'audio', '-f', 'ogg'],
  },
  aac: {
    extension: 'm4a',
    mime: 'audio/mp4',
    lossless: false,
    ceilingDb: -1,
    filters: [],
    options: ['-c:a', 'aac', '-b:a', '96k', '-movflags', '+faststart', '-f', 'ipod'],
  },
};

/** Rates that every format and player takes; a master at another is brought to the second. */
export const publicationRates: readonly number[] = [44_100, 48_000];
export const publicationRate = 48_000;
