import { rmSync } from 'node:fs';
import type { ContractProcedure, ErrorMap } from '@orpc/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { CallMeta } from '../../../shared/contract/base.ts';
import { apiPrefix, contract } from '../../../shared/contract/index.ts';
import { fuzzedInput, rightInput } from '../../fixtures/arbitrary.ts';
import { openBooth, type TestBooth } from '../../fixtures/booth.ts';

type AnyCall = ContractProcedure<z.ZodType, z.ZodType, ErrorMap, CallMeta>;

const calls: { path: string; call: AnyCall }[] = Object.entries(contract).flatMap(([area, areaCalls]) =>
  Object.entries(areaCalls).map(([name, call]) => ({ path: `${area}/${name}`, call: call as unknown as AnyCall })),
);
/** Answers every refused call may give beside the ones its contract lists. */
const general = ['BAD_REQUEST', 'NOT_ALLOWED', 'METHOD_NOT_SUPPORTED', 'PAYLOAD_TOO_LARGE'];
const answer = z.object({ json: z.unknown() });
const refusal = z.object({ json: z.object({ code: z.string(), status: z.number(), defined: z.boolean() }) });

let booth: TestBooth;
beforeAll(async () => {
  booth = await openBooth();
  await booth.signIn();
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
  const { role } = call['~orpc'].meta;
  // A right PIN of another hand would lock the real one out, and scrypt makes every guess dear on purpose.
  const runs = path.startsWith('staff/s') ? 8 : 60;

  it('answers anything with its output or a typed error', async () => {
    await fc.assert(
      fc.asyncProperty(fuzzedInput(schema), async (input) => {
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

  it.runIf(role !== 'visitor')('is refused without a session, and with one made up', async () => {
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
      fc.asyncProperty(fc.webPath(), fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH'), async (path, method) => {
        const response = await booth.door(new Request(new URL(path, booth.origin), { method }));
        expect(response.status, `${method} ${path}`).toBeLessThan(500);
      }),
      { numRuns: 200 },
    );
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
