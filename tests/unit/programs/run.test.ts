import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ProgramFailed } from '../../../electron/programs/failure.ts';
import { type ProgramRun, programOutput, programText, runProgram } from '../../../electron/programs/run.ts';
import { faults, script, stillRunning } from '../../fixtures/programs.ts';
import { runs } from '../../fixtures/runs.ts';

let folder: string;
const uncaught: unknown[] = [];
const note = (error: unknown) => void uncaught.push(error);
let number = 0;
const place = () => join(folder, `program-${++number}`);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'programs-'));
  process.on('uncaughtException', note).on('unhandledRejection', note);
});
afterAll(() => {
  process.off('uncaughtException', note).off('unhandledRejection', note);
  rmSync(folder, { recursive: true });
});
afterEach(() => {
  expect(uncaught).toEqual([]);
});

const limits = { silentMs: 600, totalMs: 5_000, outputBytes: 4_000_000, errorBytes: 1_000_000 };
const run = (program: string, more: Partial<ProgramRun> = {}): ProgramRun => ({ program, args: [], limits, ...more });
const failureOf = (work: Promise<unknown>): Promise<ProgramFailed> =>
  work.then(
    () => Promise.reject(new Error('it went well')),
    (error: unknown) => error as ProgramFailed,
  );

/** Megabytes on their way in: more than any pipe holds. */
async function* muchInput() {
  for (let block = 0; block < 200; block++) yield Buffer.alloc(64 * 1024, block);
}

describe.each(faults)('a program: $name', ({ lines, mode, failure }) => {
  test.each([
    ['nothing', undefined, {}],
    ['a lot', muchInput, {}],
    ['a lot, and held to its memory,', muchInput, { memoryBytes: 256 * 1024 * 1024 }],
  ])('given %s to read, it fails as what it is, in time, and nothing of it runs on', async (_, input, held) => {
    const path = place();
    if (lines !== null) script(path, lines, mode);
    const begun = performance.now();
    const within = { limits: { ...limits, ...held } };
    const error = await failureOf(runProgram(run(path, { ...within, ...(input ? { input: input() } : {}) })));
    expect(error).toMatchObject({ name: 'ProgramFailed', failure, program: path });
    expect(performance.now() - begun).toBeLessThan(4_000);
    await vi.waitFor(() => expect(stillRunning(path)).toEqual([]));
    // The same place, with a program that is well.
    script(path, 'cat >/dev/null; echo well');
    expect(await programText(run(path, input ? { input: input() } : {}))).toBe('well\n');
  });
});

test.runIf(process.platform === 'linux')(
  'one that takes more memory than it may dies of it, and no other',
  async () => {
    const memory = { limits: { ...limits, silentMs: 20_000, totalMs: 40_000, memoryBytes: 256 * 1024 * 1024 } };
    // A text that doubles, so many times.
    const doubling = script(
      place(),
      `exec awk -v times="$1" 'BEGIN { s = "0123456789"; while (times-- > 0) s = s s; print length(s) }'`,
    );
    expect(await programText(run(doubling, { ...memory, args: ['20'] }))).toBe('10485760\n');
    const error = await failureOf(runProgram(run(doubling, { ...memory, args: ['26'] })));
    expect(error.failure).toBe('died');
  },
);

test('one that brings too little for the time it takes is ended, however lively it is; one that brings enough is not', async () => {
  const pace = { restMs: 300, bytesASecond: 100_000 };
  const within = (more: Partial<ProgramRun['limits']>) => ({ limits: { ...limits, totalMs: 60_000, ...more } });
  const drop = script(place(), 'while :; do echo x; sleep 0.05; done');
  const error = await failureOf(runProgram(run(drop, within({ pace }))));
  expect(error).toMatchObject({ failure: 'hung', message: expect.stringMatching(/\d+ bytes in \d+ ms/) });
  await vi.waitFor(() => expect(stillRunning(drop)).toEqual([]));
  const flow = script(place(), 'for i in 1 2 3 4 5 6 7 8 9 10 11 12; do head -c 100000 /dev/zero; sleep 0.05; done');
  expect(await programText(run(flow, within({ pace })))).toHaveLength(1_200_000);
});

test('what it said last is told in a line, without what terminals act on', async () => {
  const path = script(place(), `printf 'one\\n\\033[31mtwo\\007\\n\\nthree' >&2; exit 9`);
  const error = await failureOf(runProgram(run(path)));
  expect(error).toMatchObject({ failure: 'died', exitCode: 9, said: 'one · [31mtwo · three' });
});

test('no program at all: a folder, and a file that is none', async () => {
  expect(await failureOf(runProgram(run(folder)))).toMatchObject({ failure: 'mayNotRun' });
  expect(await failureOf(runProgram(run(join(folder, 'none', 'at-all'))))).toMatchObject({ failure: 'notThere' });
  const file = place();
  writeFileSync(file, Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 0]), { mode: 0o755 });
  expect((await failureOf(runProgram(run(file)))).failure).toMatch(/mayNotRun|died/);
});

test('an abort ends it with the reason given, before it starts, midway, or when it hangs', async () => {
  const path = script(place(), 'echo $1; exec sleep 600');
  const reason = new Error('a host changed their mind');
  expect(await failureOf(runProgram(run(path, { signal: AbortSignal.abort(reason) })))).toBe(reason);
  expect(stillRunning(path)).toEqual([]);
  const stop = new AbortController();
  const running = programOutput(run(path, { signal: stop.signal }));
  await running.next();
  stop.abort(reason);
  expect(await failureOf(running.next())).toBe(reason);
  await vi.waitFor(() => expect(stillRunning(path)).toEqual([]));
});

test('who stops reading ends it', async () => {
  const path = script(place(), 'cat /dev/zero');
  for await (const block of programOutput(run(path))) {
    expect(block.length).toBeGreaterThan(0);
    break;
  }
  await vi.waitFor(() => expect(stillRunning(path)).toEqual([]));
});

test('a slow reader, and input that takes its time, are not the program’s silence', async () => {
  const path = script(place(), 'head -c 300000 /dev/zero');
  let bytes = 0;
  for await (const block of programOutput(run(path))) {
    if (bytes === 0) await new Promise((resolve) => setTimeout(resolve, limits.silentMs * 2));
    bytes += block.length;
  }
  expect(bytes).toBe(300_000);

  async function* late() {
    await new Promise((resolve) => setTimeout(resolve, limits.silentMs * 2));
    yield Buffer.from('late');
  }
  expect(await programText(run(script(place(), 'cat'), { input: late() }))).toBe('late');
});

test('one that ends well counts as well, though something it started holds its output', async () => {
  const path = script(place(), 'echo done; sleep 600 &');
  expect(await programText(run(path))).toBe('done\n');
});

test('input that fails is the failure', async () => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('some');
    throw new Error('the disk is gone');
  }
  const error = await failureOf(runProgram(run(script(place(), 'cat'), { input: broken() })));
  expect(error.message).toBe('the disk is gone');
});

test('one that says less than it reads gets all of it, byte by byte', async () => {
  const path = script(place(), 'cat');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 200_000 }), { maxLength: 6 }), async (blocks) => {
      async function* input() {
        yield* blocks;
      }
      const parts: Buffer[] = [];
      for await (const part of programOutput(run(path, { input: input() }))) parts.push(part);
      expect(Buffer.concat(parts).equals(Buffer.concat(blocks))).toBe(true);
    }),
    { numRuns: runs(15, 200) },
  );
});

test('endless output costs no memory', async () => {
  const path = script(place(), 'cat /dev/zero >&2 & cat /dev/zero');
  const wide = { ...limits, outputBytes: 200_000_000, errorBytes: 200_000_000 };
  const before = process.memoryUsage().rss;
  expect(await failureOf(runProgram(run(path, { limits: wide })))).toMatchObject({ failure: 'saidNonsense' });
  expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
});

test('programs end with the process that started them', async () => {
  const path = place();
  script(path, 'exec sleep 600');
  const module = join(import.meta.dirname, '../../../electron/programs/run.ts');
  const starter = script(
    join(folder, 'starter'),
    `exec '${process.execPath}' --input-type=module -e "
      import { runProgram } from '${module}';
      runProgram({ program: '${path}', args: [], limits: { silentMs: 1e5, totalMs: 1e5, outputBytes: 1, errorBytes: 1 } });
      const { existsSync } = await import('node:fs');
      setInterval(() => existsSync('${path}.pid') && process.exit(0), 20);"`,
  );
  await runProgram(run(starter, { limits: { ...limits, silentMs: 5_000 } }));
  expect(existsSync(`${path}.pid`)).toBe(true);
  await vi.waitFor(() => expect(stillRunning(path)).toEqual([]));
});
