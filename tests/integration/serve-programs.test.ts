import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testPin } from '../fixtures/booth.ts';
import { faults, listing, script } from '../fixtures/programs.ts';
import { long } from '../fixtures/runs.ts';

/** ffmpeg fails between two imports into a studio that is served for real: one process from the first to the last. */
const folder = mkdtempSync(join(tmpdir(), 'served-programs-'));
const data = join(folder, 'data');
const ffmpeg = join(folder, 'bin/ffmpeg');
const real = execFileSync('which', ['ffmpeg'], { encoding: 'utf8' }).trim();
const wav = join(folder, 'speech.wav');
let studio: ChildProcess;
let complaints = '';
let url: string;
let authorization: string;

beforeAll(async () => {
  mkdirSync(data);
  script(ffmpeg, `exec '${real}' "$@"`);
  const demo = join(import.meta.dirname, '../../resources/demo/11-agathe.ogg');
  execFileSync(real, ['-v', 'error', '-i', demo, '-t', '2', '-ar', '48000', wav]);
  studio = fork(join(import.meta.dirname, '../fixtures/served-studio.ts'), [data, join(folder, 'bin')], {
    silent: true,
  });
  studio.stderr?.on('data', (text) => {
    complaints += text;
  });
  url = String((await once(studio, 'message'))[0]);
  const signIn = await fetch(`${url}/api/staff/setUp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ json: { pin: testPin } }),
  });
  authorization = `Bearer ${((await signIn.json()) as { json: { token: string } }).json.token}`;
});
afterAll(async () => {
  if (studio.exitCode === null) {
    studio.send('close');
    await once(studio, 'exit');
  }
  rmSync(folder, { recursive: true });
});

async function bring(): Promise<{ status: number; code?: string }> {
  const request = { method: 'PUT', headers: { authorization }, body: readFileSync(wav) };
  const answer = await fetch(`${url}/import?title=Agathe`, request);
  return { status: answer.status, ...((await answer.json()) as object) };
}
const kept = () => listing(data, /library\.db|in-use\.lock|backup/);
/** Megabytes in memory. */
const resident = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${studio.pid}/status`, 'utf8'))?.[1]) / 1024;

const some = ['missing', 'not executable', 'killed midway', 'hangs', 'babbles for ever', 'complains for ever'];
describe.each(faults.filter(({ name }) => long || some.includes(name)))('ffmpeg $name', ({ lines, mode, failure }) => {
  test('the page gets its answer, and the studio is the same before and after', async () => {
    expect((await bring()).status).toBe(200);
    const [before, memory] = [kept(), resident()];
    rmSync(ffmpeg);
    if (lines !== null) script(ffmpeg, lines, mode);
    const refused = await bring();
    expect(refused.status).toBe(503);
    expect(refused.code).toBe(failure === 'notThere' || failure === 'mayNotRun' ? 'NO_FFMPEG' : 'FFMPEG_FAILED');
    expect(kept()).toEqual(before);
    script(ffmpeg, `exec '${real}' "$@"`);
    expect((await bring()).status).toBe(200);
    expect(resident() - memory).toBeLessThan(120);
    expect(studio.exitCode).toBeNull();
    expect(complaints).toBe('');
  });
});
