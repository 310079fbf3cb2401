import { expect, test } from 'vitest';
import { createAskSites } from '../../../../electron/studio/delivery/askSites.ts';
import type { DestinationKind } from '../../../../electron/studio/delivery/kind.ts';

const site = { url: 'https://site.test', user: 'kiosk', password: 'x' };
const destination = (id: string) => ({
  id,
  kind: 'known',
  name: id,
  url: site.url,
  user: 'kiosk',
  purpose: 'site' as const,
  paused: null,
});

/** A kind that only tells who withdrew, by destination address. */
function fakeKind(asked: string[], answers: { fails?: boolean } = {}): { kind: DestinationKind; heard: string[] } {
  const heard: string[] = [];
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
        return { ok: true, value: asked };
      },
      async heard(_, portraitId) {
        heard.push(portraitId);
        return { ok: true };
      },
    },
  };
  return { kind, heard };
}

test('what is known here is withdrawn and acknowledged; another booth’s portrait is left for it', async () => {
  const { kind, heard } = fakeKind(['mine', 'theirs']);
  const withdrawn: string[] = [];
  const asks = createAskSites({
    destinations: { list: () => [destination('one')] },
    kind: () => kind,
    site: () => site,
    onWithdrawn(id) {
      withdrawn.push(id);
      return id === 'mine';
    },
    log: () => undefined,
    everyMs: 60_000,
  });
  await asks.now();
  expect(withdrawn).toEqual(['mine', 'theirs']);
  expect(heard).toEqual(['mine']);
});

test('one site that fails does not keep the others from being asked, and is told', async () => {
  const broken = fakeKind([], { fails: true });
  const fine = fakeKind(['mine']);
  const logged: string[] = [];
  const asks = createAskSites({
    destinations: { list: () => [{ ...destination('a'), kind: 'broken' }, destination('b'), destination('c')] },
    kind: (name) => (name === 'broken' ? broken.kind : fine.kind),
    site: (id) => (id === 'c' ? 'noPassword' : site),
    onWithdrawn: () => true,
    log: (event) => logged.push(event),
    everyMs: 60_000,
  });
  await asks.now();
  expect(fine.heard).toEqual(['mine']);
  expect(logged).toEqual(['ask-sites', 'withdrawn-on-site']);
});
