import { z } from 'zod';
import { placeProblems } from '../domain/places.ts';
import { empty, format, hereErrors, hostCall, organiserCall } from './base.ts';
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

/**
 * Where each setting may be changed. `booth`: it names a program, a folder or a device of the booth's machine, and whoever
 * changes it has to stand there. Microphone and loudspeaker are names that the booth's page looks for among its own devices:
 * nothing is opened by them that it does not have.
 */
export const settingPlaces = {
  targetLufs: 'anywhere',
  targetTruePeak: 'anywhere',
  formats: 'anywhere',
  ffmpegPath: 'booth',
  whisperPath: 'booth',
  whisperModel: 'booth',
  bigButtonKeys: 'anywhere',
  idleSeconds: 'anywhere',
  idleGraceSeconds: 'anywhere',
  ticketPrinter: 'booth',
  microphone: 'anywhere',
  loudspeaker: 'anywhere',
  signOutMinutes: 'anywhere',
} as const satisfies Record<keyof Settings, 'booth' | 'anywhere'>;

type Places = typeof settingPlaces;
/** A setting that is changed at the booth itself. */
export type SettingHere = { [Name in keyof Places]: Places[Name] extends 'booth' ? Name : never }[keyof Places];
export const settingsHere = (Object.keys(settingPlaces) as (keyof Places)[]).filter(
  (name): name is SettingHere => settingPlaces[name] === 'booth',
);

export const settingsContract = {
  get: hostCall.route({ method: 'GET' }).input(empty).output(settings),
  /** Settings of the booth itself may be sent along unchanged from anywhere. */
  save: organiserCall
    .errors({
      ...hereErrors,
      /** What the field names is not what it has to be; nothing was kept. */
      NOT_USABLE: { status: 422, data: z.object({ field: z.enum(settingsHere), problem: z.enum(placeProblems) }) },
    })
    .input(settings)
    .output(settings),
};
