import { expect, test } from 'vitest';
import { createAskSites } from '../../../../electron/studio/delivery/askSites.ts';
import type { DestinationKind, Standing } from '../../../../electron/studio/delivery/kind.ts';

const site = { url: 'https://site.test', user: 'kiosk', password: 'x' };
const destination = (id: string) =>
  ({ id, kind: 'known', name: id, url: site.url, user: 'kiosk', purpose: 'site', paused: null }) as const;

/** A kind that only tells who withdrew, by destination address. */
function fakeKind(asked: string[], answers: { fails?: boolean } = {}) {
  const heard: string[] = [];
  const declared: (readonly Standing[])[] = [];
  const unused = () => Promise.reject(new Error('not used here'));
  const kind: DestinationKind = {
    kind: 'known',
    steps: [],
    address: (pasted) => pasted,
    check: unused,
    run: unused,
    takeDown: unused,
    withdrawals: {
      async list() {
        if (answers.fails) throw new Error('broken');
        return { ok: true, value: asked.map((portraitId) => ({ portraitId, ref: `ref of ${portraitId}` })) };
      },
      async heard(_, ref) {
        heard.push(ref);
        return { ok: true };
      },
      async declare(_, standing) {
        declared.push(standing);
        return standing.length;
      },
    },
  };
  return { kind, heard, declared };
}

test('what is written down here is acknowledged by its name there; another booth’s portrait is left for it', async () => {
  const { kind, heard, declared } = fakeKind(['mine', 'theirs']);
  const withdrawn: string[] = [];
  const asks = createAskSites({
    destinations: { list: () => [destination('one')] },
    kind: () => kind,
    site: () => site,
    standing: (id) => [{ portraitId: `stands at ${id}`, code: 'KM4-7QX', memo: {} }],
    onWithdrawn({ portraitId, destinationId }) {
      withdrawn.push(`${portraitId} at ${destinationId}`);
      return portraitId === 'mine';
    },
    log: () => undefined,
    everyMs: 60_000,
  });
  await asks.now();
  expect(withdrawn).toEqual(['mine at one', 'theirs at one']);
  expect(heard).toEqual(['ref of mine']);
  expect(declared.flat()).toEqual([{ portraitId: 'stands at one', code: 'KM4-7QX', memo: {} }]);
});

test('one site that fails does not keep the others from being asked, and is told', async () => {
  const broken = fakeKind([], { fails: true });
  const fine = fakeKind(['mine']);
  const logged: string[] = [];
  const asks = createAskSites({
    destinations: { list: () => [{ ...destination('a'), kind: 'broken' }, destination('b'), destination('c')] },
    kind: (name) => (name === 'broken' ? broken.kind : fine.kind),
    site: (id) => (id === 'c' ? 'noPassword' : site),
    standing: () => [],
    onWithdrawn: () => true,
    log: (event) => logged.push(event),
    everyMs: 60_000,
  });
  await asks.now();
  expect(fine.heard).toEqual(['ref of mine']);
  expect(logged).toEqual(['ask-sites', 'withdrawn-on-site']);
});
