import { PassThrough, Readable } from 'node:stream';
import createCommand, { type FfmpegCommand } from 'fluent-ffmpeg';

/** ffmpeg could not do what was asked; the message carries what it said. */
export class FfmpegFailed extends Error {
  override readonly name = 'FfmpegFailed';
}

/** How a process is run. */
export interface FfmpegRun {
  /** Path of the ffmpeg to use. */
  binary: string;
  /** 0…19; a render gives way to a running recording. Without meaning on Windows. */
  niceness?: number;
  signal?: AbortSignal | undefined;
}

/** A process that takes longer than this is stuck, in milliseconds: an hour of sound is encoded in less. */
const stuckAfter = 10 * 60_000;

/** Parts of a command that are fixed for one ffmpeg, so that two of them can be used side by side. */
interface Internals {
  _getFfmpegPath(answer: (error: null, path: string) => void): void;
  _checkCapabilities(answer: (error: null) => void): void;
  availableEncoders(answer: (error: null, encoders: object) => void): void;
}

function command(run: FfmpegRun): FfmpegCommand {
  const made = createCommand({ niceness: run.niceness ?? 0 });
  // The package keeps one path for the whole process and asks ffmpeg for its lists of formats and encoders before the
  // first run (76–430 ms); what a binary can do was settled when it was found.
  Object.assign(made as unknown as Internals, {
    _getFfmpegPath: (answer) => answer(null, run.binary),
    _checkCapabilities: (answer) => answer(null),
    availableEncoders: (answer) => answer(null, {}),
  } satisfies Internals);
  return made;
}

/** Starts a command and waits for its end; an abort or the time limit kills it at once. */
function finished(made: FfmpegCommand, run: FfmpegRun, start: () => void): Promise<void> {
  const signals = [AbortSignal.timeout(stuckAfter), ...(run.signal ? [run.signal] : [])];
  const signal = AbortSignal.any(signals);
  return new Promise<void>((resolve, reject) => {
    const kill = () => made.kill('SIGKILL');
    made.on('start', () => (signal.aborted ? kill() : signal.addEventListener('abort', kill, { once: true })));
    made.on('end', () => resolve());
    made.on('error', (error: Error) => reject(signal.aborted ? signal.reason : new FfmpegFailed(error.message)));
    if (signal.aborted) reject(signal.reason);
    else start();
  });
}

const quiet = ['-hide_banner', '-nostats', '-loglevel', 'error'];

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

function addSound(made: FfmpegCommand, input: SoundInput): Readable {
  const stream = Readable.from(blocks(input), { objectMode: false, highWaterMark: blockBytes });
  made.input(stream).inputOptions([...quiet, '-f', 'f32le', '-ar', `${input.sampleRate}`, '-ac', '1']);
  return stream;
}

export interface EncodeOutput {
  path: string;
  filters: readonly string[];
  /** Encoder, muxer and their options. */
  options: readonly string[];
}

const bare = ['-map_metadata', '-1', '-fflags', '+bitexact', '-flags:a', '+bitexact'];

/** Encodes to a file. The same input gives the same bytes: no dates, no versions, no metadata. */
export async function encode(run: FfmpegRun, input: SoundInput, output: EncodeOutput): Promise<void> {
  const made = command(run);
  const source = addSound(made, input);
  if (output.filters.length > 0) made.audioFilters([...output.filters]);
  made.output(output.path).outputOptions([...output.options, ...bare]);
  try {
    await finished(made, run, () => made.run());
  } finally {
    source.destroy();
  }
}

/** Runs a command whose output is read here; what is left unread kills it. */
async function* streamed(made: FfmpegCommand, run: FfmpegRun): AsyncGenerator<Buffer> {
  // The package takes a closed stream for a failure unless the process ends within 20 ms of it: this one never closes.
  const stream = new PassThrough({ emitClose: false, highWaterMark: 256 * 1024 });
  const end = finished(made, run, () => made.output(stream, { end: true }).run());
  end.catch((error) => stream.destroy(error));
  try {
    yield* stream as AsyncIterable<Buffer>;
    await end;
  } finally {
    made.kill('SIGKILL');
  }
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

/** Decodes a file to mono float samples at its own rate, as a listener's player would. */
export function decodeFloat(run: FfmpegRun, path: string): AsyncGenerator<Float32Array> {
  const made = command(run).input(path).inputOptions(quiet);
  made.outputOptions(['-map', '0:a:0', '-ac', '1', '-f', 'f32le']);
  return floats(streamed(made, run));
}

/** Converts mono samples to another rate. */
export function resample(run: FfmpegRun, input: SoundInput, sampleRate: number): AsyncGenerator<Float32Array> {
  const made = command(run);
  addSound(made, input);
  made.outputOptions(['-ar', `${sampleRate}`, '-ac', '1', '-f', 'f32le']);
  return floats(streamed(made, run));
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

/** Decodes any sound file to a WAVE stream of mono 24-bit PCM at its own rate, its sizes left open. */
export function decodeWav24(run: FfmpegRun, path: string): AsyncGenerator<Buffer> {
  const made = command(run)
    .input(path)
    .inputOptions([...quiet, ...fromOutside]);
  made.outputOptions(['-map', '0:a:0', '-ac', '1', '-c:a', 'pcm_s24le', ...bare, '-f', 'wav']);
  return streamed(made, run);
}
