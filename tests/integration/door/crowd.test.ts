import { rmSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Crowd, type CrowdWish, crowdKinds, openCrowd } from '../../fixtures/crowd.ts';
import { type Lan, openLan } from '../../fixtures/lan.ts';
import { long, runs } from '../../fixtures/runs.ts';

const pin = '230414';
let lan: Lan;
let token: string;
let other: string;
beforeAll(async () => {
  lan = await openLan();
  await lan.studio.staff.setUp(pin, 'Nadia');
  await lan.studio.network.switchOn('organiser');
  const signIn = async () => JSON.parse((await lan.call('staff/signIn', { pin })).body).json.token;
  token = await signIn();
  other = await signIn();
});
afterAll(async () => {
  await lan.close();
  rmSync(lan.dir, { recursive: true, force: true });
});

/** A call of a desk, over a line of its own or a kept one; how long it took, in milliseconds. */
function timed(agent: Agent | false): Promise<number> {
  const began = performance.now();
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const body = '{"json":{}}';
  const sent = request(
    `${lan.base()}/api/library/list`,
    {
      method: 'POST',
      agent,
      rejectUnauthorized: false,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    },
    (answer) => {
      answer
        .resume()
        .on('end', () =>
          answer.statusCode === 200 ? resolve(performance.now() - began) : reject(new Error(`${answer.statusCode}`)),
        );
    },
  );
  sent.on('error', reject);
  sent.end(body);
  return promise;
}

async function callsOf(agent: Agent | false): Promise<number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < runs(15, 40); turn++) {
    // A browser tries again by itself where a line was not to be had.
    times.push(await timed(agent).catch(async () => (await timed(agent)) + 50));
    // A desk that asks more often than the pace allows is told so, which is another matter.
    await pause(50);
  }
  return times.sort((a, b) => a - b);
}
const p95 = (times: number[]) => times[Math.min(times.length - 1, Math.floor(times.length * 0.95))] ?? 0;

/** With the desk’s own address among them: behind one access point there may be but one. */
const near = ['127.0.0.1'];
const far = Array.from({ length: 20 }, (_, n) => `127.0.3.${n + 1}`);

describe('while others hold their connections and give nothing', () => {
  const table: Record<string, string | number>[] = [];
  let crowd: Crowd | undefined;
  afterEach(() => crowd?.leave());
  afterAll(() => console.table(table));
  const sizes = long ? [20, 100, 500] : [20];

  // A desk has two dozen lines; five hundred of one that is signed in are a quarrel among the hosts.
  const crowds = crowdKinds.flatMap((kind) => sizes.map((count): [CrowdWish['kind'], number] => [kind, count]));
  it.each(crowds.filter(([kind, count]) => kind !== 'halfOfDesk' || count <= 100))(
    'a desk works on: %s, %i of them',
    async (kind, count) => {
      for (const [where, from] of [
        ['same machine', near],
        ['other machines', far],
      ] as const) {
        crowd = await openCrowd({
          port: Number(new URL(lan.base()).port),
          count,
          kind,
          from: [...from],
          token: other,
        });
        const kept = new Agent({ keepAlive: true, maxSockets: 6 });
        const [overKept, overNew] = await (async () => [await callsOf(kept), await callsOf(false)] as const)().finally(
          () => kept.destroy(),
        );
        const { opened, ended } = await crowd.leave();
        table.push({
          kind,
          count,
          where,
          'kept p95': Math.round(p95(overKept)),
          'new p95': Math.round(p95(overNew)),
          opened,
          ended,
        });
        // It was nine seconds and more. On a busy machine the figures say little; the long run holds them to the aim.
        const aim = long ? 500 : 2500;
        expect(p95(overKept), `${where}, kept lines`).toBeLessThan(aim);
        expect(p95(overNew), `${where}, new lines`).toBeLessThan(aim);
      }
    },
  );
});

it('takes a host’s sound for as long as it takes, and cuts off a guest’s', { timeout: 60_000 }, async () => {
  const upload = (authorization: string) =>
    new Promise<number>((resolve) => {
      const sent = request(
        `${lan.base()}/import?name=essai.wav`,
        { method: 'PUT', agent: false, rejectUnauthorized: false, headers: { authorization } },
        (answer) => answer.resume().on('end', () => resolve(answer.statusCode ?? 0)),
      );
      sent.on('error', () => resolve(0));
      // Over the ten seconds after which everything was cut once: a byte a second is slow, and goes on.
      let turn = 0;
      const timer = setInterval(() => {
        turn += 1;
        if (turn < 12) sent.write('RIFF');
        else {
          clearInterval(timer);
          sent.end();
        }
      }, 1000);
      sent.on('close', () => clearInterval(timer));
    });
  const [host, guest] = await Promise.all([upload(`Bearer ${token}`), upload('')]);
  // It is no sound, but it was heard to its end.
  expect(host).toBe(415);
  expect([403, 0]).toContain(guest);
});
