import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Serving, serve } from '../../electron/serve.ts';
import { resourcesDir } from '../fixtures/booth.ts';

const folder = mkdtempSync(join(tmpdir(), 'serve-'));
const failures: string[] = [];
let serving: Serving;

beforeAll(async () => {
  mkdirSync(join(folder, 'renderer'));
  writeFileSync(join(folder, 'renderer/index.html'), '<title>Cabine</title>');
  serving = await serve({
    dataDir: join(folder, 'data'),
    resourcesDir,
    rendererDir: join(folder, 'renderer'),
    soundsDir: join(resourcesDir, 'sounds'),
    port: 0,
    log: (what) => failures.push(what),
  });
});
afterAll(async () => {
  await serving.close();
  rmSync(folder, { recursive: true });
});

test('pages and calls are answered over HTTP', async () => {
  expect(await (await fetch(serving.url)).text()).toContain('Cabine');
  const read = await fetch(`${serving.url}/api/booth/readiness?data=${encodeURIComponent('{"json":{}}')}`);
  expect(await read.json()).toMatchObject({ json: { ready: true } });
  const signIn = await fetch(`${serving.url}/api/staff/setUp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ json: { pin: '230414' } }),
  });
  expect(await signIn.json()).toMatchObject({ json: { role: 'organiser' } });
  expect(failures).toEqual([]);
});

test('only this machine can reach it', async () => {
  const port = new URL(serving.url).port;
  const others = Object.values(networkInterfaces())
    .flat()
    .filter((address) => address && !address.internal && address.family === 'IPv4');
  expect(new URL(serving.url).hostname).toBe('127.0.0.1');
  for (const address of others) await expect(fetch(`http://${address?.address}:${port}/`)).rejects.toThrow();
});

test('a name that only leads here is refused', async () => {
  const { request } = await import('node:http');
  const status = await new Promise((resolve, reject) => {
    request(serving.url, { headers: { host: 'hostile.example:80' } }, (response) => resolve(response.statusCode))
      .on('error', reject)
      .end();
  });
  expect(status).toBe(403);
});
