import { rmSync } from 'node:fs';
import type { ContractProcedure, ErrorMap } from '@orpc/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { CallMeta } from '../../../shared/contract/base.ts';
import { chunkRefusal, tokenHeader } from '../../../shared/contract/capture.ts';
import { apiPrefix, contract } from '../../../shared/contract/index.ts';
import { fuzzedInput, rightInput } from '../../fixtures/arbitrary.ts';
import { openBooth, type TestBooth } from '../../fixtures/booth.ts';
import { keptPortrait, startOf, tokenHash } from '../library/lives.ts';

type AnyCall = ContractProcedure<z.ZodType, z.ZodType, ErrorMap, CallMeta>;

const calls: { path: string; call: AnyCall }[] = Object.entries(contract).flatMap(([area, areaCalls]) =>
  Object.entries(areaCalls).map(([name, call]) => ({ path: `${area}/${name}`, call: call as unknown as AnyCall })),
);
// Fuzzed last: what comes after it would be refused for want of a session.
calls.sort((one, other) => Number(one.path === 'staff/signOut') - Number(other.path === 'staff/signOut'));
/** Answers every refused call may give beside the ones its contract lists. */
const general = ['BAD_REQUEST', 'NOT_ALLOWED', 'METHOD_NOT_SUPPORTED', 'PAYLOAD_TOO_LARGE'];
const answer = z.object({ json: z.unknown() });
const refusal = z.object({ json: z.object({ code: z.string(), status: z.number(), defined: z.boolean() }) });

let booth: TestBooth;
/** Ids that exist: random input that names nothing would be refused before it does anything. */
const ids: string[] = [];
beforeAll(async () => {
  booth = await openBooth();
  await booth.signIn();
  const { library, delivery } = booth.studio;
  for (let index = 0; index < 3; index++) {
    const { id } = keptPortrait(library);
    library.portraits.approve(id, library.portraits.get(id)?.revision ?? 0, 'host');
    const open = startOf();
    library.takes.startTake(open, tokenHash, new Date().toISOString());
    ids.push(id, open.portraitId, open.takeId);
  }
  const site = { kind: 'wordpress' as const, name: 'Site', url: 'http://127.0.0.1:9/', user: 'kiosk', password: 'x' };
  const saved = delivery.saveDestination(site, 'organiser');
  if (saved.ok) ids.push(saved.value.id);
});
afterAll(async () => {
  await booth.close();
  rmSync(booth.dir, { recursive: true });
});

function ask(path: string, body: BodyInit, headers: Record<string, string>) {
  return booth.door(
    new Request(`${booth.origin}${apiPrefix}/${path}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    }),
  );
}

async function expectTyped(path: string, call: AnyCall, response: Response) {
  const body: unknown = JSON.parse(await response.text());
  if (response.ok) {
    const output = answer.parse(body).json;
    const schema = call['~orpc'].outputSchema;
    if (schema) expect(schema.safeParse(output).error, path).toBeUndefined();
    return;
  }
  expect(response.status, `${path} ${JSON.stringify(body)}`).toBeLessThan(500 + (response.status === 507 ? 8 : 0));
  const { code } = refusal.parse(body).json;
  expect([...general, ...Object.keys(call['~orpc'].errorMap)], path).toContain(code);
}

describe.each(calls)('$path', ({ path, call }) => {
  const schema = call['~orpc'].inputSchema;
  if (schema === undefined) throw new Error(`${path} has no input schema`);
  // A right PIN of another hand would lock the real one out, and scrypt makes every guess dear on purpose.
  const runs = path.startsWith('staff/s') ? 8 : 60;

  it('answers anything with its output or a typed error', async () => {
    await fc.assert(
      fc.asyncProperty(fuzzedInput(schema, ids), async (input) => {
        const quick =
          path === 'events/next' && typeof input === 'object' && input !== null ? { ...input, waitMs: 0 } : input;
        await expectTyped(path, call, await ask(path, JSON.stringify({ json: quick }), booth.staffHeaders));
      }),
      { numRuns: runs },
    );
  });

  it('survives bodies that are no call at all', async () => {
    const bodies = [
      '',
      '{',
      'null',
      '[]',
      '"x"',
      '{"json":1,"meta":[[99,"a"]]}',
      '{"json":{},"meta":"x"}',
      '{"meta":[[1,"__proto__","x"]],"json":{}}',
      '\u0000\u0001',
    ];
    for (const body of bodies) await expectTyped(path, call, await ask(path, body, booth.staffHeaders));
    await expectTyped(path, call, await ask(path, 'x'.repeat(400_000), booth.staffHeaders));
  });
});

describe.each(calls.filter(({ call }) => call['~orpc'].meta.role !== 'visitor'))('$path', ({ path, call }) => {
  it('is refused without a session, and with one made up', async () => {
    const schema = call['~orpc'].inputSchema as z.ZodType;
    await fc.assert(
      fc.asyncProperty(rightInput(schema), fc.stringMatching(/^[\w-]{20,60}$/), async (input, token) => {
        for (const headers of [{}, { authorization: `Bearer ${token}` }, { authorization: token }]) {
          const response = await ask(path, JSON.stringify({ json: input }), headers as Record<string, string>);
          expect(response.status).toBe(403);
          expect(refusal.parse(await response.json()).json.code).toBe('NOT_ALLOWED');
        }
      }),
      { numRuns: 5 },
    );
  });
});

describe('the door', () => {
  it('refuses pages that are not ours', async () => {
    const path = `${booth.origin}${apiPrefix}/booth/config`;
    const body = JSON.stringify({ json: {} });
    const post = (headers: Record<string, string>, url = path) =>
      booth.door(
        new Request(url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } }),
      );
    expect((await post({})).status).toBe(200);
    expect((await post({ origin: booth.origin })).status).toBe(200);
    expect((await post({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await post({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    const rebound = path.replace(booth.origin, 'http://evil.example');
    expect((await post({ origin: 'http://evil.example' }, rebound)).status).toBe(403);
  });

  it('answers calls that do not exist, and paths that lead nowhere, without a fault', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.webPath().filter((path) => URL.canParse(path, booth.origin)),
        fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH'),
        async (path, method) => {
          const response = await booth.door(new Request(new URL(path, booth.origin), { method }));
          expect(response.status, `${method} ${path}`).toBeLessThan(500);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('takes no chunk that is not one', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.constantFrom(...ids), fc.string({ maxLength: 40 })),
        fc.oneof(fc.nat().map(String), fc.string({ maxLength: 12 })),
        fc.stringMatching(/^[\w-]{0,60}$/),
        fc.uint8Array({ maxLength: 2000 }),
        async (take, chunk, token, body) => {
          fc.pre(take.isWellFormed() && chunk.isWellFormed() && !/^\.{0,2}$/.test(take) && !/^\.{0,2}$/.test(chunk));
          const url = `${booth.origin}/capture/${encodeURIComponent(take)}/${encodeURIComponent(chunk)}`;
          const headers = { [tokenHeader]: token };
          const response = await booth.door(new Request(url, { method: 'PUT', body: new Uint8Array(body), headers }));
          expect(response.status).toBeGreaterThanOrEqual(400);
          expect(response.status).toBeLessThan(500);
          expect(chunkRefusal.safeParse(await response.json()).success).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('leads nowhere but into its own folders', async () => {
    for (const path of [
      '/api/',
      '/api/nothing',
      '/api/library/__proto__',
      '/capture/',
      '/capture/x/y',
      '/media/takes/../library.db',
    ]) {
      expect((await booth.door(new Request(new URL(path, booth.origin)))).status).toBeLessThan(500);
    }
  });
});
