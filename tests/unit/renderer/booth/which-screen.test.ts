import { expect, test } from 'vitest';
import { screenNames, whichOverlay, whichScreen } from '../../../../renderer/booth/which-screen.ts';
import { openBoothIn, ways } from './walk.ts';

test('every state has a screen of its own, and every screen a state', async () => {
  const shown = new Map<string, string>();
  for (const state of Object.keys(ways)) {
    const booth = await openBoothIn(state);
    shown.set(state, whichScreen(booth.actor.getSnapshot()));
  }
  // `loading` is also what an unknown state would be shown as: no state of a visit may be.
  expect([...shown.values()]).not.toContain('loading');
  expect(new Set([...shown.values(), 'loading'])).toEqual(new Set(screenNames));
});

test('one question at most lies over the screen', async () => {
  const booth = await openBoothIn('review.erase');
  expect(whichOverlay(booth.actor.getSnapshot())).toBe('erase');
  await booth.send({ type: 'ABORT' });
  expect(whichOverlay(booth.actor.getSnapshot())).toBe('leave');
  await booth.send({ type: 'CANCEL' });
  expect(whichOverlay(booth.actor.getSnapshot())).toBeNull();
});
