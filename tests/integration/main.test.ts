import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../../electron/launch/paths.ts';
import type { Answer, Question } from '../fixtures/electron/stand-in.ts';

const root = projectRoot();
const folder = mkdtempSync(join(tmpdir(), 'main-'));
const data = join(folder, 'data');
let main: ChildProcess;
let first: Answer;
let complaints = '';

const heard = async () => (await once(main, 'message'))[0] as Answer;
const say = (question: Question) => {
  const answer = heard();
  main.send(question);
  return answer;
};

beforeAll(async () => {
  mkdirSync(data);
  main = fork(join(root, 'tests/fixtures/electron/run.ts'), [join(root, 'electron/main.ts')], {
    env: { ...process.env, PHONOMATON_DATA: data },
    silent: true,
  });
  main.stderr?.on('data', (part) => {
    complaints += part;
  });
  const fell = once(main, 'exit').then(() => Promise.reject(new Error(complaints)));
  first = await Promise.race([heard(), fell]);
  fell.catch(() => undefined);
});
afterAll(() => {
  main.kill();
  rmSync(folder, { recursive: true });
});

test('the scheme and the profile are set before the app is ready, which is after the entry; then the booth opens', () => {
  expect(first).toEqual({ ready: ['path userData', 'scheme app', 'ready'], url: 'app://studio/' });
  expect(existsSync(join(data, 'electron'))).toBe(true);
});

test('the studio answers behind the scheme, and only there', async () => {
  const query = encodeURIComponent('{"json":{}}');
  expect(await say({ ask: `app://studio/api/booth/readiness?data=${query}` })).toMatchObject({ status: 200 });
  expect(await say({ ask: 'app://studio/../../etc/passwd' })).toMatchObject({ status: 404 });
  expect(await say({ ask: `app://elsewhere/api/booth/readiness?data=${query}` })).toMatchObject({ status: 404 });
});

test('quitting waits for the studio to close', async () => {
  const exited = once(main, 'exit');
  expect(await say({ quit: true })).toEqual({ left: ['quit put off', 'exit 0'] });
  expect(await exited).toEqual([0, null]);
  expect(complaints).toBe('');
});
