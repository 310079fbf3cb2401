import { accessSync, constants, statSync } from 'node:fs';
import { setPriority } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { execa } from 'execa';
import { ProgramFailed, startFailure } from './failure.ts';
import { killGroup, noteRunning } from './group.ts';
import { type WatchdogLimits, watchdog } from './watchdog.ts';

export interface ProgramLimits extends WatchdogLimits {
  /** Bytes that may come on its output, and on its error stream; more is nonsense. */
  outputBytes: number;
  errorBytes: number;
  /** Memory of its own, in bytes; where the system can hold a program to it, which is Linux. */
  memoryBytes?: number;
}

/** One run of a program of this machine. */
export interface ProgramRun {
  /** Its path. */
  program: string;
  args: readonly string[];
  /** What it is given to read; nothing when absent. A program that stops reading is no error of its own. */
  input?: AsyncIterable<Uint8Array>;
  limits: ProgramLimits;
  /** Ends it at once; the run then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** 0…19: how far it gives way to everything else. Without meaning on Windows. */
  niceness?: number;
  /** Hears each line of its output and of its error stream, without its end; of very long ones the beginning. */
  onLine?: (line: string) => void;
}

/** What is kept of its error stream, in characters. */
const keptSaid = 4_000;
const longestLine = 4_000;
/** How long streams may stay open once the program has ended, in milliseconds: something it started may hold them. */
const lastWords = 1_000;

/**
 * Runs a program and gives its output as it comes; the iteration ends well only if the program did. Throws ProgramFailed,
 * or the reason of the signal. However it ends, and if it is left halfway, the program and all it started are gone when
 * the iteration is over. Its own errors, of its streams too, never become uncaught.
 */
export async function* programOutput(run: ProgramRun): AsyncGenerator<Buffer, void, undefined> {
  const program = start(run);
  try {
    let bytes = 0;
    const lines = inLines(run.onLine ?? (() => undefined));
    try {
      for await (const block of program.stdout as AsyncIterable<Buffer>) {
        program.alive(block.length);
        bytes += block.length;
        if (run.onLine) lines.push(block);
        if (bytes > run.limits.outputBytes) program.nonsense('too much output');
        else yield block;
      }
    } catch (error) {
      // Streams are cut when a program is ended: the reason for that is the one that counts.
      throw (await program.ended) ?? error;
    }
    lines.end();
    const trouble = await program.ended;
    if (trouble !== null) throw trouble;
  } finally {
    await program.stop();
  }
}

/** Runs a program whose output nobody wants, to its end. Rejects as `programOutput` does. */
export async function runProgram(run: ProgramRun): Promise<void> {
  for await (const _ of programOutput(run));
}

/** Runs a program and answers all it said on its output, as text. Rejects as `programOutput` does. */
export async function programText(run: ProgramRun): Promise<string> {
  const parts: Buffer[] = [];
  for await (const block of programOutput(run)) parts.push(block);
  return Buffer.concat(parts).toString('utf8');
}

function start(run: ProgramRun) {
  const { program, limits, signal } = run;
  signal?.throwIfAborted();
  const held = heldTo(limits.memoryBytes, program, run.args);
  const child = execa(held.program, held.args, {
    reject: false,
    buffer: false,
    encoding: 'buffer',
    stdin: run.input ? 'pipe' : 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
    windowsHide: true,
    // Its own group, so that what it starts can be ended with it; `noteRunning` sees to it that it does not outlive us.
    detached: process.platform !== 'win32',
    cleanup: false,
  });
  const forget = noteRunning(child.pid);
  lowerPriority(child.pid, run.niceness ?? 0);

  /** Why it was ended from here, or null while it was not. */
  let reason: unknown = null;
  let said = '';
  let gone = false;
  function end(why: unknown): void {
    if (gone) return;
    reason ??= why;
    killGroup(child.pid);
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream?.destroy();
  }
  const nonsense = (why: string) => end(new ProgramFailed('saidNonsense', program, { why, said }));

  const { stdin, stdout, stderr } = child;
  let owing = false;
  // Whoever has not taken what is there, or not given what is awaited, is the one that is slow.
  const owed = () => owing || stdout.readableLength > 0;
  const dog = watchdog(limits, owed, (why) => end(new ProgramFailed('hung', program, { why, said })));
  const abort = () => end(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });

  const hear = (text: string) => {
    dog.alive();
    said = (said + text).slice(-keptSaid);
  };
  listen(stderr, limits.errorBytes, () => nonsense('too much on its error stream'), hear);
  if (run.onLine) {
    const lines = inLines(run.onLine);
    stderr.on('data', lines.push).on('end', lines.end);
  }
  if (run.input && stdin) {
    const waits = (now: boolean) => {
      owing = now;
    };
    feed(run.input, stdin, dog.alive, waits).catch(end);
  }

  const ended = (async (): Promise<unknown> => {
    const over = child.then(() => true);
    child.nodeChildProcess.once('exit', () => {
      dog.stop();
      const held = () => end(new ProgramFailed('hung', program, { why: 'something holds its output open', said }));
      letGo(child.pid, stdout, over, held);
    });
    const done = await child;
    dog.stop();
    signal?.removeEventListener('abort', abort);
    // Something it started may still be there.
    killGroup(child.pid);
    gone = true;
    forget();
    return reason ?? (held.program === program ? null : notStarted(program, done)) ?? outcome(program, said, done);
  })();

  return {
    stdout,
    alive: dog.alive,
    nonsense,
    /** Why it failed, once it has ended; null when it did its work. */
    ended,
    /** Ends it, if it still runs, and waits until it is gone. */
    async stop(): Promise<void> {
      end(new DOMException('nobody reads it any more', 'AbortError'));
      await ended;
    },
  };
}

/**
 * Sees to it that the streams of a program that has ended come to their end too: something it started may hold them. It
 * is ended once it says nothing any more; `held` hears of what got away from that.
 */
async function letGo(pid: number | undefined, stdout: Readable, over: Promise<unknown>, held: () => void) {
  const quietFor = async (ms: number): Promise<boolean> => {
    for (let quiet = 0; quiet < ms; ) {
      const before = performance.now();
      if (await Promise.race([over, pause(ms / 8, false, { ref: false })])) return false;
      quiet = stdout.readableLength > 0 ? 0 : quiet + performance.now() - before;
    }
    return true;
  };
  if (!(await quietFor(lastWords))) return;
  killGroup(pid);
  if (await quietFor(lastWords)) held();
}

/** What its end says, where nothing else ended it. */
function outcome(
  program: string,
  said: string,
  done: { exitCode?: number | undefined; signal?: string | undefined; code?: string | undefined; cause?: unknown },
): ProgramFailed | null {
  if (done.exitCode === 0) return null;
  const { code, cause } = done;
  if (done.exitCode === undefined && done.signal === undefined) {
    return new ProgramFailed(startFailure(code), program, { why: code ?? '', said, cause });
  }
  const why = done.signal ?? `exit ${done.exitCode}`;
  return new ProgramFailed('died', program, { why, said, exitCode: done.exitCode ?? null });
}

/**
 * The command that holds a program to so much memory: the shell that ships with every Linux sets the limit and then
 * becomes the program, so that process and group stay the same.
 */
function heldTo(memoryBytes: number | undefined, program: string, args: readonly string[]) {
  if (memoryBytes === undefined || process.platform !== 'linux') return { program, args };
  const become = 'ulimit -d "$1" && shift && exec "$@"';
  return { program: '/bin/sh', args: ['-c', become, 'sh', `${Math.ceil(memoryBytes / 1024)}`, program, ...args] };
}

/** What kept the shell from becoming the program, or null: 126 and 127 may be the program's own words too. */
function notStarted(program: string, { exitCode }: { exitCode?: number | undefined }): ProgramFailed | null {
  if (exitCode !== 126 && exitCode !== 127) return null;
  try {
    accessSync(program, constants.X_OK);
    return statSync(program).isFile() ? null : new ProgramFailed('mayNotRun', program);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    return new ProgramFailed(startFailure(code), program, { why: code ?? '', cause });
  }
}

function lowerPriority(pid: number | undefined, niceness: number): void {
  if (pid === undefined || niceness === 0) return;
  try {
    setPriority(pid, niceness);
  } catch {
    // Gone already; its end says why.
  }
}

function listen(stream: Readable, most: number, tooMuch: () => void, hear: (text: string) => void): void {
  let bytes = 0;
  stream.on('error', () => undefined);
  stream.on('data', (block: Buffer) => {
    bytes += block.length;
    hear(block.toString('utf8'));
    if (bytes > most) tooMuch();
  });
}

/** Hands on what comes in lines. */
function inLines(onLine: (line: string) => void) {
  let rest = '';
  return {
    push(block: Buffer): void {
      const whole = (rest + block.toString('utf8')).split(/\r?\n|\r/);
      rest = (whole.pop() ?? '').slice(0, longestLine);
      for (const line of whole) onLine(line.slice(0, longestLine));
    },
    end(): void {
      if (rest !== '') onLine(rest);
      rest = '';
    },
  };
}

/** Writes to a program as fast as it reads. One that stops reading is left alone: how it ends says why. */
async function feed(
  input: AsyncIterable<Uint8Array>,
  stdin: Writable,
  alive: () => void,
  owing: (waits: boolean) => void,
): Promise<void> {
  let closed = false;
  let wake: () => void = () => undefined;
  stdin.on('error', () => undefined);
  stdin.on('drain', () => wake());
  stdin.once('close', () => {
    closed = true;
    wake();
  });
  owing(true);
  for await (const block of input) {
    owing(false);
    if (closed || stdin.destroyed) return;
    if (!stdin.write(block)) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    alive();
    if (closed || stdin.destroyed) return;
    owing(true);
  }
  owing(false);
  stdin.end();
}
