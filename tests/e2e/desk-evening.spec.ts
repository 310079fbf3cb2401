import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { newId } from '../../shared/domain/ids.ts';
import { choicesOf, startInput } from '../fixtures/capture-input.ts';
import { type DeskRig, openDesk } from '../fixtures/desk-rig.ts';
import { DeskPage } from './desk-page.ts';

const clips = 30;

/** Thirty clips to review, each with the sound of a demonstration portrait that nothing is wrong with. */
function fillInbox({ studio }: DeskRig): void {
  const { library, folders } = studio;
  const shown = library.portraits.list({ limit: 50 }).rows;
  const sound = shown.filter((row) => row.warnings.length === 0 && row.confirmed);
  for (const { id, revision } of library.portraits.list({ state: 'toReview', limit: 50 }).rows) {
    library.portraits.moveTo(id, revision, 'rejected', 'host');
  }
  for (let n = 0; n < clips; n++) {
    const row = sound[n % sound.length];
    const take = row && library.portraits.get(row.id)?.take;
    const verdict = take && library.takes.take(take.id)?.verdict;
    if (row === undefined || take == null || verdict == null) throw new Error('the demonstration has sounds');
    const consent = { ...startInput().consent, language: row.language };
    const start = startInput({ consent, speaker: { ...row.speaker, firstName: `${row.speaker.firstName} ${n + 1}` } });
    copyFileSync(join(folders.takes, `${take.id}.wav`), join(folders.takes, `${start.takeId}.wav`));
    library.takes.startTake(start, newId(), new Date().toISOString());
    library.takes.closeTake(start.takeId, {
      state: 'closed',
      closedAt: new Date().toISOString(),
      frames: take.frames,
      goFrame: 0,
      elapsedMs: (1000 * take.frames) / take.sampleRate,
      sha256: take.sha256,
      verdict,
      peaks: take.peaks,
    });
    library.takes.keep(start.portraitId, start.takeId, choicesOf());
  }
  studio.changes.note('portraits');
}

test('thirty clips are heard, titled, tagged and approved with their suggested trim, by keyboard alone', async ({
  page,
}) => {
  test.setTimeout(300_000);
  const rig = await openDesk({ demo: true });
  try {
    fillInbox(rig);
    const desk = new DeskPage(page);
    await desk.signIn(rig.url);
    await expect(desk.count('À écouter')).toHaveText(String(clips));
    let presses = 0;
    const key = async (name: string) => {
      presses += 1;
      await desk.key(name);
    };
    const name = page.locator('.portrait-head h2');
    const perClip: number[] = [];
    for (let n = 0; n < clips; n++) {
      const before = presses;
      const shown = await name.innerText();
      await expect(desk.playhead).toBeAttached();
      await expect(page.locator('.edit-saving')).toHaveText('Enregistré');
      // A hand that is quicker than the sound presses once more.
      await expect(async () => {
        await key('Space');
        await expect(desk.button('Pause')).toBeVisible({ timeout: 2000 });
      }).toPass();
      await key('t');
      await key('g');
      await expect(page.getByLabel('Étiquettes')).toBeFocused();
      // The first time the word is written out; after that a letter finds it.
      if (n === 0) await page.keyboard.type('kermesse');
      else {
        await key('k');
        await key('ArrowDown');
      }
      await key('Enter');
      await expect(page.locator('.tag', { hasText: 'kermesse' })).toBeVisible();
      await key('Escape');
      await key('Enter');
      if (n < clips - 1) await expect(name).not.toHaveText(shown);
      perClip.push(presses - before);
    }
    await expect(desk.count('À écouter')).toHaveText('0');
    const ordinary = perClip.toSorted((a, b) => a - b)[Math.floor(clips / 2)] ?? Number.NaN;
    console.log({ pressesAClip: ordinary, heardTitledTaggedApproved: clips });
    // Eight, and one more where the sound was not ready for the first Space.
    expect(ordinary).toBeLessThanOrEqual(9);
  } finally {
    await rig.close();
  }
});
