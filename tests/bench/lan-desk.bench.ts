import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { putChunk } from '../../renderer/audio/put-chunk.ts';
import { beginTake, boothClient } from '../fixtures/booth-client.ts';
import { openKiosk } from '../fixtures/kiosk.ts';
import { askLan } from '../fixtures/lan.ts';

// How long a chunk of sound takes to be safe on disk, with the network quiet, with a busy desk on it, and with four
// machines that hammer it as fast as they can. `node tests/bench/lan-desk.bench.ts [seconds a part]`. The hammering
// comes from the same process, so it costs the booth more here than from another machine.
const seconds = Number(process.argv[2] ?? 10);
const pin = '230414';
const chunkMs = 250;
const sampleRate = 48_000;
const chunk = new Uint8Array((sampleRate * 3 * chunkMs) / 1000);

const kiosk = await openKiosk({ network: { addresses: () => ['127.0.0.1'], port: 0 }, log: () => undefined });
const { staff, network } = kiosk.studio;
await staff.setUp(pin, 'Nadia');
await network.switchOn('organiser');
const base = network.state().addresses[0] ?? '';

async function call(name: string, input: object, token: string, from: string): Promise<string> {
  const { body } = await askLan(`${base}/api/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ json: input }),
    from,
  });
  return body;
}
const token: string = JSON.parse(await call('staff/signIn', { pin }, '', '127.0.0.9')).json.token;

/** Records for a while at real time; the time each chunk took to be acknowledged, in milliseconds. */
async function record(): Promise<number[]> {
  const { takeId, token } = await beginTake(boothClient(kiosk.url));
  const times: number[] = [];
  for (let number = 0; number < (seconds * 1000) / chunkMs; number++) {
    const began = performance.now();
    const reply = await putChunk(kiosk.url, takeId, token, number, chunk);
    if (reply.kind !== 'receipt') throw new Error(`chunk ${number}: ${reply.kind}`);
    times.push(performance.now() - began);
    await pause(Math.max(0, chunkMs - (performance.now() - began)));
  }
  return times;
}

/** Desks that ask as often as `gapMs` allows until told to stop; answers what they were told, by status. */
function busy(machines: number, lines: number, gapMs: number) {
  let on = true;
  const told: Record<string, number> = {};
  const desk = async (from: string) => {
    for (let turn = 0; on; turn++) {
      const path = ['/api/library/list', '/desk', '/api/staff/signIn', '/api/health/state'][turn % 4] ?? '/desk';
      const body = path.endsWith('signIn') ? '{"json":{"pin":"000000"}}' : '{"json":{}}';
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
      const asked = path === '/desk' ? {} : { method: 'POST', body };
      const status = await askLan(base + path, { ...asked, headers, from }).then(
        (answer) => String(answer.status),
        () => 'hung up',
      );
      told[status] = (told[status] ?? 0) + 1;
      await pause(gapMs);
    }
  };
  const all = Array.from({ length: machines * lines }, (_, index) => desk(`127.0.1.${1 + (index % machines)}`));
  return async () => {
    on = false;
    await Promise.all(all);
    return told;
  };
}

function figures(name: string, times: number[]): void {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1);
  console.log(
    `${name.padEnd(34)} p50 ${at(0.5)} ms   p95 ${at(0.95)} ms   longest ${at(1)} ms   (${sorted.length} chunks)`,
  );
}

try {
  await record();
  figures('network quiet', await record());
  const working = busy(1, 2, 100);
  figures('one busy desk', await record());
  await working();
  const hammering = busy(4, 8, 0);
  figures('four machines hammering', await record());
  console.log('they were told', await hammering());
} finally {
  await kiosk.close();
  rmSync(kiosk.dir, { recursive: true, force: true });
}
