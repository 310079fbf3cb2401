import type { CustomScheme } from 'electron';
import { expect, test } from 'vitest';
import { appOrigin, isOurs, isPage, mountDoor, registerScheme } from '../../../electron/shell/scheme.ts';

test('the scheme has what a secure origin with fetch and streams needs, and does not bypass the policy', () => {
  let registered: CustomScheme[] = [];
  registerScheme({
    registerSchemesAsPrivileged: (schemes) => {
      registered = schemes;
    },
  });
  expect(registered).toHaveLength(1);
  const { scheme, privileges } = registered[0] ?? { scheme: '', privileges: {} };
  expect(`${scheme}://studio`).toBe(appOrigin);
  expect(privileges).toMatchObject({ standard: true, secure: true, supportFetchAPI: true, stream: true });
  expect(privileges?.bypassCSP ?? false).toBe(false);
  expect(privileges?.corsEnabled ?? false).toBe(false);
});

test('only requests to our own host reach the door', async () => {
  let handler: ((request: Request) => Response | Promise<Response>) | undefined;
  const asked: string[] = [];
  mountDoor(
    {
      handle: (_scheme, handle) => {
        handler = handle;
      },
    },
    async (request) => {
      asked.push(request.url);
      return new Response('in');
    },
  );
  expect(await (await handler?.(new Request('app://studio/desk')))?.text()).toBe('in');
  expect((await handler?.(new Request('app://elsewhere/desk')))?.status).toBe(404);
  expect(asked).toEqual(['app://studio/desk']);
});

test.each([
  ['app://studio/', true, true],
  ['app://studio/desk', true, true],
  ['app://studio/desk?x#y', true, true],
  ['app://studio/media/a.mp3', true, false],
  ['app://studio.example.test/', false, false],
  ['app://user@studio/', false, false],
  ['https://studio/', false, false],
  ['app:studio', false, false],
  ['', false, false],
])('%s: ours %s, a page %s', (url, ours, page) => {
  expect(isOurs(url)).toBe(ours);
  expect(isPage(url)).toBe(page);
});
