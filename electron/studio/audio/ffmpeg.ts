import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import createCommand, { type FfmpegCommand } from 'fluent-ffmpeg';
import { ProgramFailed } from '../../programs/failure.ts';
import { type ProgramLimits, programOutput, runProgram } from '../../programs/run.ts';
import type { WatchdogLimits } from '../../programs/watchdog.ts';

export type FfmpegLimits = WatchdogLimits & Pick<ProgramLimits, 'errorBytes' | 'memoryBytes'>;

/** How a process is run. */
export interface FfmpegRun {
  /** Path of the ffmpeg to use. */
  binary: string;
  /** 0…19; a render gives way to a running recording. Without meaning on Windows. */
  niceness?: number;
  signal?: AbortSignal | undefined;
  /** How long it may be silent, how long it may take, and how many bytes it may complain in. */
  limits?: FfmpegLimits;
}

/**
 * Milliseconds. Silent: a disk that has to spin up, or a stick that is slow, answers within a minute. In all: the
 * longest sound that is taken in, four hours, is decoded in minutes on the slowest machine tried.
 */
const usualLimits: FfmpegLimits = {
  silentMs: 60_000,
  totalMs: 60 * 60_000,
  // A damaged file may be complained of frame by frame for hours of sound; more than this is no complaint.
  errorBytes: 64 * 1024 * 1024,
};
/** A few hundred bytes twice a second. */
const mostProgress = 16 * 1024 * 1024;

const limitsOf = ({ limits = usualLimits }: FfmpegRun, outputBytes: number): ProgramLimits => ({
  ...limits,
  outputBytes,
});

/**
 * The package only writes the command line: what it starts itself is an uncaught error when it cannot be started, and
 * hangs where it is silent. This method of it is not in its types.
 */
function argumentsOf(made: FfmpegCommand): string[] {
  return (made as unknown as { _getArguments(): string[] })._getArguments();
}

/** Runs a command that writes a file, to its end, and makes sure that there is one. */
async function finished(
  made: FfmpegCommand,
  run: FfmpegRun,
  output: { path: string; begins?: string },
  input?: AsyncIterable<Uint8Array>,
): Promise<void> {
  await runProgram({
    program: run.binary,
    args: argumentsOf(made),
    limits: limitsOf(run, mostProgress),
    signal: run.signal,
    niceness: run.niceness ?? 0,
    ...(input ? { input } : {}),
  });
  const head = await headOf(output.path);
  if (head.length === 0 || !head.startsWith(output.begins ?? '')) {
    throw new ProgramFailed('saidNonsense', run.binary, { why: 'what it wrote is not what was asked for' });
  }
}

/** The first four bytes of a file; empty where there is none. */
async function headOf(path: string): Promise<string> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
      return buffer.toString('latin1', 0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

const quiet = ['-hide_banner', '-nostats', '-loglevel', 'error'];
/** For what writes a file: it says twice a second how far it is, so that its silence means something. */
const telling = [...quiet, '-progress', 'pipe:1'];

/** Mono float samples (−1…1) going into ffmpeg. */
export interface SoundInput {
  sampleRate: number;
  /** May still be in the making: the process starts up meanwhile. */
  samples: Float32Array | Promise<Float32Array>;
  /** Hears how much has been taken, 0…1. */
  onShare?: (share: number) => void;
}

const blockBytes = 128 * 1024;

async function* blocks({ samples: given, onShare }: SoundInput): AsyncGenerator<Buffer> {
  const samples = await given;
  const bytes = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  for (let at = 0; at < bytes.length; at += blockBytes) {
    yield bytes.subarray(at, at + blockBytes);
    onShare?.(Math.min(1, (at + blockBytes) / bytes.length));
  }
}

/** Where a command reads what it is fed; the stream itself is never read from. */
const fed = () => Readable.from([]);

function addSound(made: FfmpegCommand, { sampleRate }: SoundInput, options: readonly string[]): void {
  made.input(fed()).inputOptions([...options, '-f', 'f32le', '-ar', `${sampleRate}`, '-ac', '1']);
}

export interface EncodeOutput {
  path: string;
  filters: readonly string[];
  /** How such a file begins, where that is known: what is wrong with the others is found when they are measured. */
  begins?: string | undefined;
  /** Encoder, muxer and their options. */
  options: readonly string[];
}

const bare = ['-map_metadata', '-1', '-fflags', '+bitexact', '-flags:a', '+bitexact'];

/** Encodes to a file. The same input gives the same bytes: no dates, no versions, no metadata. */
export async function encode(run: FfmpegRun, input: SoundInput, output: EncodeOutput): Promise<void> {
  const made = createCommand();
  addSound(made, input, telling);
  if (output.filters.length > 0) made.audioFilters([...output.filters]);
  made.output(output.path).outputOptions([...output.options, ...bare]);
  await finished(made, run, { path: output.path, ...(output.begins ? { begins: output.begins } : {}) }, blocks(input));
}

/** Runs a command whose output is read here; what is left unread kills it. More than `most` bytes are nonsense. */
function streamed(
  made: FfmpegCommand,
  run: FfmpegRun,
  most: number,
  input?: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  return programOutput({
    program: run.binary,
    args: [...argumentsOf(made), 'pipe:1'],
    limits: limitsOf(run, most),
    signal: run.signal,
    niceness: run.niceness ?? 0,
    ...(input ? { input } : {}),
  });
}

/** Float blocks of whatever whole samples have arrived. */
async function* floats(bytes: AsyncIterable<Buffer>): AsyncGenerator<Float32Array> {
  let rest = Buffer.alloc(0);
  for await (const block of bytes) {
    const joined = rest.length > 0 ? Buffer.concat([rest, block]) : block;
    const whole = joined.length - (joined.length % 4);
    rest = Buffer.from(joined.subarray(whole));
    // Views need an address divisible by four; what has one is not copied.
    const from = joined.byteOffset % 4 === 0 ? joined : Buffer.from(new Uint8Array(joined).buffer);
    yield new Float32Array(from.buffer, from.byteOffset, whole / 4);
  }
}

/** Decodes a file to mono float samples at its own rate, as a listener's player would; more than `most` are nonsense. */
export function decodeFloat(run: FfmpegRun, path: string, most = Infinity): AsyncGenerator<Float32Array> {
  const made = createCommand().input(path).inputOptions(quiet);
  made.outputOptions(['-map', '0:a:0', '-ac', '1', '-f', 'f32le']);
  return floats(streamed(made, run, most * 4));
}

/** Converts mono samples to another rate. */
export async function* resample(run: FfmpegRun, input: SoundInput, sampleRate: number): AsyncGenerator<Float32Array> {
  const made = createCommand();
  addSound(made, input, quiet);
  made.outputOptions(['-ar', `${sampleRate}`, '-ac', '1', '-f', 'f32le']);
  const { length } = await input.samples;
  // A second more than there is to convert: no filter's tail is that long.
  const most = (Math.ceil((length / input.sampleRate) * sampleRate) + sampleRate) * 4;
  yield* floats(streamed(made, run, most, blocks(input)));
}

/**
 * What a file from outside may be, and where it may lead ffmpeg: nowhere. Playlists, which name other files and
 * addresses, are no sound files.
 */
const fromOutside = [
  '-protocol_whitelist',
  'file',
  '-format_whitelist',
  'wav,w64,aiff,caf,au,mp3,flac,ogg,aac,ac3,amr,asf,matroska,webm,mov,mp4,m4a,3gp,3g2,mj2',
];

/** Sounds, and no pictures: a cover within a sound file, or a film's frames, are not even looked at. */
const soundDecoders = [
  'pcm_s8,pcm_u8,pcm_s16le,pcm_s16be,pcm_u16le,pcm_u16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be',
  'pcm_f32le,pcm_f32be,pcm_f64le,pcm_f64be,pcm_alaw,pcm_mulaw',
  'adpcm_ms,adpcm_ima_wav,adpcm_ima_qt,adpcm_swf,adpcm_yamaha,g722,g726,gsm,gsm_ms,libgsm,libgsm_ms',
  'mp1,mp1float,mp2,mp2float,mp3,mp3float,aac,aac_fixed,aac_latm,libfdk_aac,ac3,eac3,alac,flac',
  'vorbis,libvorbis,opus,libopus,speex,libspeex,wavpack,tta,ilbc,libilbc',
  'amrnb,amrwb,libopencore_amrnb,libopencore_amrwb,wmav1,wmav2,wmapro,wmavoice,wmalossless',
].join(',');

/**
 * What decoding a foreign sound may take. The index of four hours of AAC has 15 MB; 2 MB a second is what the slowest
 * machine tried brings, and a tenth of it is asked for.
 */
const foreignSound = {
  memoryBytes: 384 * 1024 * 1024,
  largestBlock: 64 * 1024 * 1024,
  pace: { restMs: 120_000, bytesASecond: 200_000 },
};

/** What a foreign picture may take: six thousand pixels squared, of eight bytes each, and room to work. */
const foreignPicture = {
  memoryBytes: 704 * 1024 * 1024,
  largestBlock: 320 * 1024 * 1024,
  limits: { silentMs: 20_000, totalMs: 40_000 },
};

/** Decodes any sound file to a WAVE stream of mono 24-bit PCM at its own rate, its sizes left open. */
export function decodeWav24(run: FfmpegRun, path: string): AsyncGenerator<Buffer> {
  const made = createCommand()
    .input(path)
    .inputOptions([...quiet, ...fromOutside, '-codec_whitelist', soundDecoders])
    .inputOptions(['-max_alloc', `${foreignSound.largestBlock}`, '-vn', '-sn', '-dn']);
  made.outputOptions(['-map', '0:a:0', '-ac', '1', '-c:a', 'pcm_s24le', ...bare, '-f', 'wav']);
  const { memoryBytes, pace } = foreignSound;
  const limits = { ...(run.limits ?? usualLimits), memoryBytes, pace };
  return streamed(made, { ...run, limits }, Infinity);
}

/** Writes a sound file as speech engines want it: a WAVE of mono 16-bit PCM at 16 kHz. */
export async function encodeSpeech(run: FfmpegRun, input: string, output: string): Promise<void> {
  const made = createCommand().input(input).inputOptions(telling);
  made
    .output(output)
    .outputOptions(['-map', '0:a:0', '-ac', '1', '-ar', '16000', '-c:a', 'pcm_s16le', ...bare, '-f', 'wav']);
  await finished(made, run, { path: output, begins: 'RIFF' });
}

/** A sound copied as it is, with a picture and words beside it. */
export interface TaggedCopy {
  input: string;
  picture: string;
  output: string;
  format: 'flac';
  metadata: readonly [string, string][];
}

export async function copyWithPicture(run: FfmpegRun, copy: TaggedCopy): Promise<void> {
  const made = createCommand().input(copy.input).inputOptions(telling).input(copy.picture);
  const words = copy.metadata.flatMap(([key, value]) => ['-metadata', `${key}=${value}`]);
  const picture = ['-disposition:v:0', 'attached_pic', '-metadata:s:v', 'comment=Cover (front)'];
  const streams = ['-map', '0:a:0', '-map', '1:v:0', '-c', 'copy'];
  // As single arguments: in a list the package would split what has one blank, and a title could become an option.
  made.output(copy.output).outputOptions('-y', ...streams, ...bare, ...words, ...picture, '-f', copy.format);
  await finished(made, run, { path: copy.output, begins: 'fLaC' });
}

/** A picture, read from memory as `input` says, as one JPEG. */
export function pictureToJpeg(
  run: FfmpegRun,
  picture: Uint8Array,
  input: readonly string[],
  filters: readonly string[],
): AsyncGenerator<Buffer> {
  const made = createCommand().input(fed());
  made.inputOptions([...quiet, ...input]);
  if (filters.length > 0) made.videoFilters([...filters]);
  const jpeg = ['-frames:v', '1', '-c:v', 'mjpeg', '-pix_fmt', 'yuvj444p', '-q:v', '3', '-flags:v', '+bitexact'];
  made.outputOptions([...jpeg, '-map_metadata', '-1', '-fflags', '+bitexact', '-f', 'image2pipe']);
  return streamed(made, run, mostPicture, inPieces(picture));
}

/** A picture from outside, as `pictureToJpeg`: decoded as what it is and nothing else, by one thread, within limits. */
export function foreignToJpeg(
  run: FfmpegRun,
  picture: Uint8Array,
  { kind, mostPixels, filters }: { kind: 'jpeg' | 'png'; mostPixels: number; filters: readonly string[] },
): AsyncGenerator<Buffer> {
  const [format, decoder] = kind === 'jpeg' ? ['jpeg_pipe', 'mjpeg'] : ['png_pipe', 'png'];
  const fence = ['-protocol_whitelist', 'pipe', '-format_whitelist', format, '-codec_whitelist', decoder];
  const input = ['-max_alloc', `${foreignPicture.largestBlock}`, '-max_pixels', `${mostPixels}`, '-threads', '1'];
  const { memoryBytes } = foreignPicture;
  const limits = { ...usualLimits, ...foreignPicture.limits, ...run.limits, memoryBytes };
  return pictureToJpeg({ ...run, limits }, picture, [...fence, ...input, '-f', format, '-c:v', decoder], filters);
}

/** Bytes of the largest picture that is ever made: a cover is three thousand pixels wide. */
const mostPicture = 64 * 1024 * 1024;

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += blockBytes) yield bytes.subarray(at, at + blockBytes);
}
