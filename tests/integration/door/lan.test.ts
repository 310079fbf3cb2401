import { rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { connect as connectSecurely } from 'node:tls';
import type { ContractProcedure, ErrorMap } from '@orpc/contract';
import fc from 'fast-check';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { CallMeta } from '../../../shared/contract/base.ts';
import { apiPrefix, contract } from '../../../shared/contract/index.ts';
import { fuzzedInput, rightInput } from '../../fixtures/arbitrary.ts';
import { type Lan, openLan } from '../../fixtures/lan.ts';
import { testTime } from '../../fixtures/time.ts';
import { keptPortrait } from '../library/lives.ts';

type AnyCall = ContractProcedure<z.ZodType, z.ZodType, ErrorMap, CallMeta>;
const calls = Object.entries(contract).flatMap(([area, areaCalls]) =>
  Object.entries(areaCalls).map(([name, call]) => ({ path: `${area}/${name}`, call: call as unknown as AnyCall })),
);
const answered = z.object({ json: z.unknown() });
const refused = z.object({ json: z.object({ code: z.string(), data: z.unknown() }) });
const signedIn = z.object({ json: z.object({ token: z.string() }) });
const codeOf = (body: string) => refused.safeParse(JSON.parse(body)).data?.json.code;

const pin = '230414';
const organiser = 'organiser';
const open: Lan[] = [];
afterEach(async () => {
  for (const lan of open.splice(0)) {
    await lan.close();
    rmSync(lan.dir, { recursive: true, force: true });
  }
});

/** A clock that is told the time. */
function clockAt(start: string) {
  const { now, steady, pass, set } = testTime(start);
  return { now, steady, pass: (seconds: number) => pass(seconds * 1000), set };
}

async function switchedOn(options: Parameters<typeof openLan>[0] = {}) {
  const lan = await openLan(options);
  open.push(lan);
  await lan.studio.staff.setUp(pin, 'Nadia');
  await lan.studio.network.switchOn(organiser);
  return lan;
}
async function signIn(lan: Lan) {
  const { body } = await lan.call('staff/signIn', { pin }, { 'user-agent': 'Firefox of a host' });
  return { authorization: `Bearer ${signedIn.parse(JSON.parse(body)).json.token}` };
}

describe('the desk on the network', () => {
  it('is off by default, answers TLS when it is wanted, and nothing at all when it no longer is', async () => {
    const lan = await openLan();
    open.push(lan);
    await lan.studio.staff.setUp(pin, 'Nadia');
    expect(lan.studio.network.state()).toMatchObject({ on: false, addresses: [], fingerprint: null });
    await lan.studio.network.switchOn(organiser);
    const base = lan.base();
    expect(base).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    expect((await lan.ask('/')).body).toContain('Régie');
    await lan.studio.network.switchOff(organiser);
    expect(lan.studio.network.state()).toMatchObject({ on: false, addresses: [] });
    const port = Number(new URL(base).port);
    await expect(
      new Promise((resolve, reject) => connect(port, '127.0.0.1', () => resolve('open')).on('error', reject)),
    ).rejects.toThrow(/ECONNREFUSED/);
  });

  it('speaks TLS alone: a plain request gets nothing, not even a refusal', async () => {
    const lan = await switchedOn();
    const port = Number(new URL(lan.base()).port);
    const heard = await new Promise<string>((resolve) => {
      let text = '';
      const socket = connect(port, '127.0.0.1', () => socket.write('GET /desk HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n'));
      socket.on('data', (part) => {
        text += part.toString('latin1');
      });
      socket.on('error', () => undefined);
      socket.on('close', () => resolve(text));
    });
    // At most a TLS alert of seven bytes.
    expect(heard).not.toContain('HTTP');
    expect(heard.length).toBeLessThanOrEqual(7);
    await expect(
      new Promise((resolve, reject) =>
        connectSecurely({
          port,
          host: '127.0.0.1',
          rejectUnauthorized: false,
          maxVersion: 'TLSv1.1',
          minVersion: 'TLSv1',
        })
          .on('secureConnect', resolve)
          .on('error', reject),
      ),
    ).rejects.toThrow();
  });

  it('shows the certificate it tells the fingerprint of, and keeps it for its owner alone', async () => {
    const lan = await switchedOn();
    const port = Number(new URL(lan.base()).port);
    const seen = await new Promise<{ print: string; names: string }>((resolve, reject) => {
      const socket = connectSecurely({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
        const { fingerprint256, subjectaltname } = socket.getPeerCertificate();
        resolve({ print: fingerprint256.replaceAll(':', ''), names: subjectaltname ?? '' });
        socket.destroy();
      }).on('error', reject);
    });
    expect(seen).toEqual({ print: lan.studio.network.state().fingerprint, names: 'IP Address:127.0.0.1' });
    const file = join(lan.dir, 'desk-certificate.pem');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('opens every address there is, with a certificate that is good for all of them, and follows a change', async () => {
    let addresses = ['127.0.0.1', '127.0.0.2'];
    const lan = await switchedOn({ addresses: () => addresses });
    const first = lan.studio.network.state();
    expect(first.addresses.map((address) => new URL(address).hostname)).toEqual(['127.0.0.1', '127.0.0.2']);
    for (const base of first.addresses) {
      expect(new URL(base).protocol).toBe('https:');
    }
    addresses = ['127.0.0.2'];
    await lan.studio.network.look();
    expect(lan.studio.network.state()).toMatchObject({ addresses: [expect.stringContaining('127.0.0.2')] });
    expect(lan.studio.network.state().fingerprint).toBe(first.fingerprint);
    addresses = ['127.0.0.3'];
    await lan.studio.network.look();
    expect(lan.studio.network.state().fingerprint).not.toBe(first.fingerprint);
    expect((await lan.ask('/desk')).status).toBe(200);
    addresses = [];
    await lan.studio.network.look();
    expect(lan.studio.network.state()).toMatchObject({ on: true, addresses: [], problem: 'noNetwork' });
  });

  it('closes when the day is over, signs everybody out, and comes back after a restart only on the same day', async () => {
    const clock = clockAt('2026-03-07T20:00:00Z');
    const lan = await switchedOn({ now: clock.now, steady: clock.steady });
    const session = await signIn(lan);
    await lan.close();
    const again = await openLan({ dir: lan.dir, now: clock.now, steady: clock.steady });
    open.splice(0, 1, again);
    expect(again.studio.network.state()).toMatchObject({ on: true });
    expect((await again.call('staff/me', {}, session)).status).toBe(403);
    const fresh = await signIn(again);
    expect((await again.call('library/list', {}, fresh)).status).toBe(200);
    clock.pass(24 * 3600);
    // Refused from the very moment, even before anybody looks at the clock.
    expect((await again.call('library/list', {}, fresh)).status).toBe(503);
    await again.studio.network.look();
    expect(again.studio.network.state()).toMatchObject({ on: false, addresses: [] });
    expect(again.studio.staff.desks('network')).toEqual([]);
    const actions = again.studio.library.trail.list({ limit: 50 }).entries.map(({ action }) => action);
    expect(actions).toContain('network-opened');
    expect(actions[0]).toBe('network-day-over');
    await again.close();
    const nextDay = await openLan({ dir: lan.dir, now: clock.now, steady: clock.steady });
    open.splice(0, 1, nextDay);
    expect(nextDay.studio.network.state()).toMatchObject({ on: false, addresses: [] });
  });

  it('does not stay open longer for a clock set back', async () => {
    const clock = clockAt('2026-03-07T20:00:00Z');
    const lan = await switchedOn({ now: clock.now, steady: clock.steady });
    clock.set('2026-01-26T20:00:00Z');
    lan.studio.clock.look();
    clock.pass(12 * 3600);
    await lan.studio.network.look();
    expect(lan.studio.network.state().on).toBe(false);
  });

  it('shows the desk’s pages and none of the booth, its sounds or what lies beside them', async () => {
    const lan = await switchedOn();
    expect((await lan.ask('/desk')).body).toContain('Régie');
    const paths = [
      '/index.html',
      '/sounds/start.mp3',
      '/sounds/voice/fr/good.mp3',
      '/library.db',
      '/assets/../library.db',
    ];
    for (const path of paths) expect((await lan.ask(path)).status, path).toBe(404);
    const chunk = `/capture/0192a1b2-0000-7000-8000-000000000001/0`;
    const put = await lan.ask(chunk, { method: 'PUT', headers: { 'x-take-token': 'x'.repeat(43) }, body: 'abc' });
    expect([404, 405]).toContain(put.status);
  });

  it('is reached under its own addresses alone, by its own pages alone', async () => {
    const lan = await switchedOn();
    const { port } = new URL(lan.base());
    const status = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"json":{}}' };
    const ask = (headers: Record<string, string>) =>
      lan.ask(`${apiPrefix}/staff/signIn`, {
        ...status,
        body: `{"json":{"pin":"000000"}}`,
        headers: { ...status.headers, ...headers },
      });
    expect((await ask({ origin: lan.base() })).status).toBe(401);
    expect((await ask({ host: `hostile.example:${port}` })).status).toBe(403);
    expect((await ask({ host: `localhost:${port}` })).status).toBe(403);
    expect((await ask({ origin: 'https://hostile.example' })).status).toBe(403);
    expect((await ask({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  });
});

describe('wrong PINs over the network', () => {
  it('a thousand of them open nothing: the lock-out holds through a restart, and the booth is not touched by it', async () => {
    const clock = clockAt('2026-03-07T08:00:00Z');
    let lan = await switchedOn({ now: clock.now, steady: clock.steady });
    const codes: Record<string, number> = {};
    for (let guess = 0; guess < 1000; guess++) {
      if (guess === 10 || guess === 500) {
        await lan.close();
        lan = await openLan({ dir: lan.dir, now: clock.now, steady: clock.steady });
        open.splice(0, 1, lan);
      }
      // The real PIN among them, once the network is closed: it is not heard.
      const tried = guess > 100 && guess % 10 === 0 ? pin : String(100_000 + guess);
      const answer = await lan.studio.staff
        .signIn(tried, { way: 'network', device: '', address: '' })
        .then((outcome) => (outcome.ok ? 'OPEN' : outcome.code));
      codes[answer] = (codes[answer] ?? 0) + 1;
      // As fast as a wait allows, while there are waits.
      if (answer === 'WRONG_PIN') clock.pass(901);
    }
    expect(codes).toEqual({ WRONG_PIN: 20, LOCKED: 980 });
    const over = await lan.call('staff/signIn', { pin });
    expect([over.status, codeOf(over.body)]).toEqual([423, 'LOCKED']);
    expect(await lan.studio.staff.signIn(pin)).toMatchObject({ ok: true });
    expect(codeOf((await lan.call('staff/signIn', { pin })).body)).toBe('LOCKED');
    lan.studio.staff.unlock('network', organiser);
    expect((await lan.call('staff/signIn', { pin })).status).toBe(200);
  });

  it('sent as fast as the line takes them, hardly any is heard', async () => {
    const lan = await switchedOn();
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, guess) =>
        lan.call('staff/signIn', { pin: String(100_000 + guess) }).then(
          ({ status, body }) => (status === 429 && !body.startsWith('{') ? 'PACE' : codeOf(body)),
          () => 'HUNG_UP',
        ),
      ),
    );
    expect(answers.filter((code) => code === 'WRONG_PIN').length).toBeLessThanOrEqual(4);
    expect(answers.every((code) => ['WRONG_PIN', 'WAIT', 'PACE', 'HUNG_UP'].includes(String(code)))).toBe(true);
    expect(await lan.studio.staff.signIn(pin)).toMatchObject({ ok: true });
  });
});

describe('a session over the network', () => {
  it('is refused on calls and on sounds as soon as it is disconnected, and what waits for it is let go', async () => {
    const lan = await switchedOn();
    const { id } = keptPortrait(lan.studio.library);
    const session = await signIn(lan);
    const { body } = await lan.call('library/get', { id }, session);
    const portrait = z
      .object({ json: z.object({ take: z.object({ id: z.uuid(), url: z.string() }) }) })
      .parse(JSON.parse(body));
    const { take } = portrait.json;
    writeFileSync(join(lan.studio.folders.takes, `${take.id}.wav`), 'sound');
    expect((await lan.ask(take.url)).body).toBe('sound');

    const [desk] = lan.studio.staff.desks('network');
    expect(desk).toMatchObject({ name: 'Nadia', device: 'Firefox of a host', address: '127.0.0.1' });
    const after = await lan.call('events/next', { after: 0, waitMs: 0 }, session);
    const { seq } = z.object({ json: z.object({ seq: z.number() }) }).parse(JSON.parse(after.body)).json;
    const began = performance.now();
    const waiting = lan.call('events/next', { after: seq, waitMs: 25_000 }, session);
    await lan.call('staff/me', {}, session);
    lan.studio.staff.disconnect(desk?.id ?? '', organiser);
    await waiting.catch(() => undefined);
    expect(performance.now() - began).toBeLessThan(20_000);

    expect((await lan.ask(take.url)).status).toBe(403);
    for (const { path, call } of calls.filter(({ call }) => call['~orpc'].meta.role !== 'visitor')) {
      const input = fc.sample(rightInput(call['~orpc'].inputSchema as z.ZodType), { numRuns: 1, seed: 1 })[0];
      expect((await lan.call(path, input, session, anotherMachine())).status, path).not.toBe(200);
    }
    expect(codeOf((await lan.call('staff/me', {}, session)).body)).toBe('NOT_ALLOWED');
  });

  it('opens nothing at the booth, nor one of the booth here', async () => {
    const lan = await switchedOn();
    const session = await signIn(lan);
    const token = session.authorization.slice('Bearer '.length);
    expect(lan.studio.staff.session(token, 'booth')).toBeUndefined();
    const booth = await lan.studio.staff.signIn(pin);
    if (!booth.ok) throw new Error(booth.code);
    expect((await lan.call('staff/me', {}, { authorization: `Bearer ${booth.session.token}` })).status).toBe(403);
  });
});

describe.each(calls)('over the network, $path', ({ path, call }) => {
  const openToAll = ['staff/status', 'staff/signIn'].includes(path);
  const schema = call['~orpc'].inputSchema as z.ZodType;
  it(openToAll ? 'answers without a session' : 'answers nobody without a session', async () => {
    const lan = await shared();
    const inputs = [
      ...fc.sample(rightInput(schema), { numRuns: 2, seed: 7 }),
      ...fc.sample(fuzzedInput(schema, []), { numRuns: 3, seed: 7 }),
    ];
    for (const input of inputs) {
      for (const authorization of ['', 'Bearer abcdefghijklmnopqrstuvwxyz0123456789']) {
        const answer = await lan.ask(`${apiPrefix}/${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization },
          body: JSON.stringify({ json: input }),
          from: anotherMachine(),
        });
        if (openToAll) expect(answer.status).toBeLessThan(500);
        else expect([answer.status, codeOf(answer.body)], JSON.stringify(input)).toEqual([403, 'NOT_ALLOWED']);
      }
    }
  });
});

describe('fuzzed over the network', () => {
  it('answers anything with an output, a typed refusal or a hung-up line, and goes on', async () => {
    const lan = await shared();
    const body = fc.oneof(
      fc.constantFrom(
        '',
        '{',
        'null',
        '[]',
        '{"json":1,"meta":[[99,"a"]]}',
        '{"meta":[[1,"__proto__","x"]],"json":{}}',
      ),
      fc.jsonValue().map((value) => JSON.stringify({ json: value })),
      fc.string({ maxLength: 200 }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(
          ...calls.map(({ path }) => `${apiPrefix}/${path}`),
          '/desk',
          '/media/takes/x.wav',
          '/capture/x/1',
          '/x',
        ),
        fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'),
        body,
        async (path, method, text) => {
          const answer = await lan.ask(path, {
            method,
            headers: { 'content-type': 'application/json' },
            from: anotherMachine(),
            ...(method === 'GET' ? {} : { body: text }),
          });
          expect(answer.status, `${method} ${path}`).toBeLessThan(504);
          expect([500, 501, 502]).not.toContain(answer.status);
          if (answer.status === 200 && path.startsWith(apiPrefix)) {
            expect(path).toBe(`${apiPrefix}/staff/status`);
            expect(answered.safeParse(JSON.parse(answer.body)).success).toBe(true);
          }
        },
      ),
      { numRuns: 60 },
    );
    const port = Number(new URL(lan.base()).port);
    for (const junk of ['\u0016\u0003\u0001', 'SSH-2.0-x\r\n', '\0'.repeat(2000)]) {
      await new Promise<void>((resolve) => {
        const socket = connect(port, '127.0.0.1', () => socket.end(junk, 'latin1'));
        socket.on('error', () => undefined).on('close', () => resolve());
      });
    }
    expect((await lan.ask('/desk')).status).toBe(200);
  });
});

let machines = 0;
/** Loopback has many addresses: a desk of its own for every request, so that none comes too often. */
function anotherMachine(): string {
  machines += 1;
  return `127.0.${1 + (machines % 8)}.${1 + (machines % 200)}`;
}

let one: Promise<Lan> | undefined;
afterAll(async () => {
  const lan = await one;
  await lan?.close();
  if (lan) rmSync(lan.dir, { recursive: true, force: true });
});
/** One desk for all the calls. */
function shared(): Promise<Lan> {
  one ??= (async () => {
    const lan = await openLan();
    await lan.studio.staff.setUp(pin, 'Nadia');
    await lan.studio.network.switchOn(organiser);
    return lan;
  })();
  return one;
}
