import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectSecurely } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lasting } from '../../../electron/door/lasting.ts';
import { createStatic } from '../../../electron/door/static.ts';
import { type Serving, serve } from '../../../electron/serve.ts';
import { approvedPortrait } from '../../fixtures/approved.ts';
import { batchOf, exportIs } from '../../fixtures/batch-bench.ts';
import { openBooth, resourcesDir, type TestBooth } from '../../fixtures/booth.ts';
import { type Lan, openLan } from '../../fixtures/lan.ts';

const pin = '230414';

describe('the booth’s page on the network', () => {
  let dir: string;
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'pages-'));
    mkdirSync(join(dir, 'renderer/assets'), { recursive: true });
    mkdirSync(join(dir, 'sounds'));
    writeFileSync(join(dir, 'renderer/index.html'), 'Cabine');
    // As a disk without capitals would answer.
    for (const name of ['INDEX.HTML', 'Index.html', 'index.HTML']) writeFileSync(join(dir, 'renderer', name), 'Cabine');
    writeFileSync(join(dir, 'renderer/desk.html'), 'Régie');
    writeFileSync(join(dir, 'renderer/assets/desk.js'), 'js');
    writeFileSync(join(dir, 'sounds/start.mp3'), 'sound');
    writeFileSync(join(dir, 'secret.json'), '{}');
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  const ways = [
    ...['/index.html', '//index.html', '///index.html', '/%2findex.html', '/%2Findex.html', '/%2f%2findex.html'],
    ...[
      '/./index.html',
      '/%2e/index.html',
      '/assets/../index.html',
      '/assets/%2e%2e/index.html',
      '/assets%2f..%2findex.html',
    ],
    ...[
      '/assets/..%2findex.html',
      '/assets%2f%2e%2e%2findex.html',
      '/assets//../index.html',
      '/%5cindex.html',
      '/assets%5c..%5cindex.html',
    ],
    ...[
      '/index.html/',
      '/index.html%00',
      '/index.html%2f',
      '/%69ndex.html',
      '/index%2ehtml',
      '/INDEX.HTML',
      '/Index.html',
    ],
    ...[
      '/index.HTML',
      '/index.html.',
      '/index.html%20',
      '/desk/index.html',
      '/desk/../index.html',
      '/desk%2f..%2findex.html',
    ],
    ...[
      '/%2e%2e/renderer/index.html',
      '/..%2frenderer%2findex.html',
      '/../secret.json',
      '/%2e%2e%2fsecret.json',
      '//secret.json',
    ],
    ...[
      '/sounds/start.mp3',
      '//sounds/start.mp3',
      '/%2fsounds/start.mp3',
      '/sounds/../start.mp3',
      '/assets/../sounds/start.mp3',
    ],
    ...['/sounds/../renderer/index.html', '/sounds/..%2frenderer/index.html', '/%', '/%ff', '/%c0%afindex.html'],
  ];
  it.each(ways)('%s is not found', async (path) => {
    const desk = createStatic({ renderer: join(dir, 'renderer'), sounds: join(dir, 'sounds') }, 'desk');
    const origin = 'https://127.0.0.1:7443';
    const asked = new Request(origin + path);
    const answer = await desk(asked, new URL(asked.url));
    expect(answer.status).toBe(404);
    expect(await answer.text()).not.toContain('Cabine');
  });
  it('leaves the desk’s own page and parts, and the booth its own', async () => {
    const folders = { renderer: join(dir, 'renderer'), sounds: join(dir, 'sounds') };
    const ask = async (shown: 'desk' | 'all', path: string) =>
      (await createStatic(folders, shown)(new Request(`http://x${path}`), new URL(`http://x${path}`))).status;
    for (const path of ['/', '/desk', '/desk.html', '/assets/desk.js']) expect(await ask('desk', path), path).toBe(200);
    for (const path of ['/', '/index.html', '/desk', '/assets/desk.js', '/sounds/start.mp3'])
      expect(await ask('all', path), path).toBe(200);
    for (const path of ['//index.html', '/%2findex.html', '/%2e%2e%2fsecret.json'])
      expect(await ask('all', path)).toBe(404);
  });
});

/** Sends the lines as they are, and answers the first line of what comes back. */
function raw(port: number, lines: string[], secure: boolean): Promise<string> {
  return new Promise((resolve, reject) => {
    const said = `${lines.join('\r\n')}\r\n\r\n`;
    const socket = secure
      ? connectSecurely({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => socket.write(said))
      : connect(port, '127.0.0.1', () => socket.write(said));
    let heard = '';
    socket.on('data', (part: Buffer) => {
      heard += part.toString('latin1');
      if (!heard.includes('\r\n')) return;
      socket.destroy();
      resolve(heard.split('\r\n')[0] ?? '');
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(heard));
  });
}

describe('a request with more than one host', () => {
  let lan: Lan;
  let served: Serving;
  beforeAll(async () => {
    lan = await openLan();
    await lan.studio.staff.setUp(pin, 'Nadia');
    await lan.studio.network.switchOn('organiser');
    const dir = mkdtempSync(join(tmpdir(), 'served-'));
    const rendererDir = join(lan.dir, 'renderer');
    served = await serve({ dataDir: dir, resourcesDir, rendererDir, soundsDir: join(resourcesDir, 'sounds'), port: 0 });
  });
  afterAll(async () => {
    await lan.close();
    rmSync(lan.dir, { recursive: true, force: true });
    await served.close();
  });

  it.each([true, false])('is refused with 400 (TLS: %s), whatever they say', async (secure) => {
    const { port, host } = new URL(secure ? lan.base() : served.url);
    const get = (...headers: string[]) =>
      raw(Number(port), ['GET /desk HTTP/1.1', ...headers, 'connection: close'], secure);
    expect(await get(`host: ${host}`)).toContain(' 200 ');
    for (const other of [host, 'hostile.example', '', `hostile.example:${port}`]) {
      expect(await get(`host: ${host}`, `host: ${other}`), `${other} last`).toContain(' 400 ');
      expect(await get(`Host: ${other}`, 'accept: */*', `hOsT: ${host}`), `${other} first`).toContain(' 400 ');
    }
    expect(await get()).toContain(' 400 ');
  });
});

describe('what is being sent ends with the session that asked', () => {
  let booth: TestBooth;
  beforeAll(async () => {
    booth = await openBooth();
    await booth.signIn();
  });
  afterAll(async () => {
    await booth.close();
    rmSync(booth.dir, { recursive: true, force: true });
  });

  it('an export that is fetched is cut when its host signs out, and waits to be fetched again', async () => {
    const portrait = await approvedPortrait(booth, { title: 'Un', seconds: 20 });
    const batchId = batchOf(booth, [portrait]);
    const { exports } = booth.studio.publication;
    const started = await exports.start({ id: batchId, flac: true, to: { kind: 'zip' } }, 'host');
    if (!started.ok) throw new Error(started.code);
    await exportIs(booth, started.value.id, 'ready');
    const asked = await booth.door(
      new Request(`${booth.origin}/api/batches/download`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...booth.staffHeaders },
        body: JSON.stringify({ json: { jobId: started.value.id } }),
      }),
    );
    const { json } = JSON.parse(await asked.text()) as { json: { url: string } };
    const answer = await booth.door(new Request(booth.origin + json.url));
    expect(answer.status).toBe(200);
    const reader = answer.body?.getReader();
    expect((await reader?.read())?.done).toBe(false);
    booth.studio.staff.signOut(booth.staffHeaders.authorization?.slice('Bearer '.length) ?? '');
    const rest = async () => {
      while (!(await reader?.read())?.done);
    };
    await expect(rest()).rejects.toThrow();
    expect(exports.show(started.value.id)?.state).toBe('ready');
    expect((await booth.door(new Request(booth.origin + json.url))).status).toBe(403);
  });

  it('and lets go of what it was made from', async () => {
    const session = new AbortController();
    let given = 0;
    let cancelled = false;
    const source = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array([given++])),
      cancel: () => {
        cancelled = true;
      },
    });
    const reader = lasting(source, session.signal).getReader();
    await reader.read();
    session.abort();
    await expect(reader.read()).rejects.toThrow();
    expect(cancelled).toBe(true);
    await expect(lasting(new ReadableStream(), session.signal).getReader().read()).rejects.toThrow();
  });
});
