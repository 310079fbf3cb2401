import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Locator, test } from 'playwright/test';
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
  for (const { id, revision } of shown) library.portraits.moveTo(id, revision, 'rejected', 'host');
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

test('thirty clips are heard, titled, tagged and approved with their suggested trim, then exported as a batch, by keyboard alone', async ({
  page,
}) => {
  test.setTimeout(300_000);
  const rig = await openDesk({ demo: true });
  const out = mkdtempSync(join(tmpdir(), 'phonomaton-evening-'));
  try {
    fillInbox(rig);
    const desk = new DeskPage(page);
    await desk.signIn(rig.url);
    await expect(desk.count('À écouter')).toHaveText(String(clips));
    await expect(page.locator('.portrait-head')).toBeVisible();
    let presses = 0;
    const key = async (name: string) => {
      presses += 1;
      await desk.key(name);
    };
    const perClip: number[] = [];
    for (let n = 0; n < clips; n++) {
      const before = presses;
      const shown = page.url();
      // In the first instant of a portrait already: it plays as soon as its sound is there.
      await key('Space');
      await expect(desk.button('Pause')).toBeVisible();
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
      if (n < clips - 1) await page.waitForURL((url) => url.href !== shown);
      perClip.push(presses - before);
    }
    await expect(desk.count('À écouter')).toHaveText('0');
    console.log({ pressesAClip: perClip, heardTitledTaggedApproved: clips });
    // Play, title, tags, their first letter, the one found, on, back, approve; the first time the word is written out.
    expect(Math.max(...perClip)).toBeLessThanOrEqual(8);

    // Enter on what has the focus, as after Tab.
    const enter = async (link: Locator) => {
      await link.focus();
      await key('Enter');
    };
    await enter(page.getByRole('navigation').getByRole('link', { name: 'Approuvés' }));
    await expect(desk.rows.first()).toBeVisible();
    await desk.rows.first().focus();
    await key('Control+a');
    await expect(page.locator('.bulk-head strong')).toContainText(String(clips));
    await key('b');
    await page.getByRole('dialog').getByLabel('Nom du lot').fill('Kermesse');
    await key('Enter');
    await enter(desk.note.getByRole('link', { name: 'Voir le lot' }));
    await expect(page.getByText('Tous les portraits peuvent partir.')).toBeVisible();
    await expect(page.locator('.batch-item')).toHaveCount(clips);
    const downloading = page.waitForEvent('download', { timeout: 180_000 });
    await enter(desk.button('Préparer le ZIP'));
    const zip = join(out, 'lot.zip');
    await (await downloading).saveAs(zip);
    execFileSync('unzip', ['-q', zip, '-d', out]);
    const batch = join(out, 'lot-kermesse');
    execFileSync('sha256sum', ['-c', '--quiet', 'SHA256SUMS'], { cwd: batch });
    expect(readdirSync(batch, { recursive: true }).filter((name) => String(name).endsWith('.mp3'))).toHaveLength(clips);
  } finally {
    await rig.close();
    rmSync(out, { recursive: true, force: true });
  }
});
