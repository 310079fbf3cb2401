import { z } from 'zod';
import { empty, format, hostCall, organiserCall } from './base.ts';
import { bigButtonKeys } from './booth.ts';
import { chosenDevice } from './devices.ts';
import { ticketPrinter } from './printing.ts';

/** What the organiser can set; every field has a default, so an older file still opens. */
export const settings = z.object({
  /** Publication loudness in LUFS (dual-mono) and the true-peak ceiling in dBTP. */
  targetLufs: z.number().min(-24).max(-12).default(-16),
  targetTruePeak: z.number().min(-6).max(-0.5).default(-1),
  /** Made at publication; MP3 is always there because sites ask for it. */
  formats: z.array(format).min(1).default(['mp3', 'flac']),
  /** Path of an ffmpeg to use; empty: the system's, else the one carried along. */
  ffmpegPath: z.string().max(1000).default(''),
  /** Path of whisper.cpp's command line for automatic transcripts; empty: the one on PATH. */
  whisperPath: z.string().max(1000).default(''),
  /** Path of its model; empty: there are no automatic transcripts. */
  whisperModel: z.string().max(1000).default(''),
  bigButtonKeys: bigButtonKeys.default(['F8', 'F13', 'MediaPlayPause', 'PageDown']),
  idleSeconds: z.int().min(10).max(600).default(45),
  idleGraceSeconds: z.int().min(5).max(120).default(15),
  /** Where visitors' tickets are printed, if at all. */
  ticketPrinter: ticketPrinter.default({ kind: 'none' }),
  /** Chosen by name; null: nobody has chosen yet (`pickMicrophone`), or the system's own loudspeaker. */
  microphone: chosenDevice.nullable().default(null),
  loudspeaker: chosenDevice.nullable().default(null),
  /** Minutes a desk may be left alone before it is signed out. */
  signOutMinutes: z.int().min(2).max(480).default(45),
});
export type Settings = z.infer<typeof settings>;

export const settingsContract = {
  get: hostCall.route({ method: 'GET' }).input(empty).output(settings),
  save: organiserCall.input(settings).output(settings),
};
