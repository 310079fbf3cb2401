import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chromiumArguments, findChromium, prepareProfile } from '../../../electron/launch/browser.ts';

/** Asks for the microphone, then for the camera, and tells the server how it went. */
const page = `<!doctype html><title>?</title><script>
const ask = (wish) => navigator.mediaDevices.getUserMedia(wish).then(() => 'granted', (error) => error.name);
(async () => {
  const sound = new AudioContext();
  const answers = [await ask({ audio: true }), await ask({ video: true }), sound.state];
  await fetch('/told', { method: 'POST', body: JSON.stringify(answers) });
})();
</script>`;

let server: Server;
let port: number;
let told: (answers: string[]) => void = () => undefined;
const profile = mkdtempSync(join(tmpdir(), 'browser-'));
let browser: ChildProcess | undefined;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    if (request.method === 'POST') {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part);
      told(JSON.parse(Buffer.concat(parts).toString()));
    }
    response.setHeader('content-type', 'text/html').end(page);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
});

async function answersAt(url: string): Promise<string[]> {
  const answers = new Promise<string[]>((resolve) => {
    told = resolve;
  });
  const executable = findChromium();
  if (!executable) throw new Error('no Chromium is installed');
  const args = chromiumArguments({ url, profile, kiosk: true, asRoot: process.getuid?.() === 0 });
  // What a person at a machine has and a test has not: a display and a microphone. The question itself stays real.
  browser = spawn(executable, ['--headless=new', '--use-fake-device-for-media-stream', ...args], { stdio: 'ignore' });
  const exited = once(browser, 'exit');
  try {
    return await answers;
  } finally {
    browser.kill('SIGTERM');
    await exited;
  }
}

test('the booth’s origin has the microphone and sound without a question; nothing and nobody else has', async () => {
  prepareProfile(profile, `http://127.0.0.1:${port}`);
  expect(await answersAt(`http://127.0.0.1:${port}/`)).toEqual(['granted', 'NotAllowedError', 'running']);
  const [microphone] = await answersAt(`http://localhost:${port}/`);
  expect(microphone).toBe('NotAllowedError');
});
