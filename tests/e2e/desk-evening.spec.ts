import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
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

test('thirty clips are heard, trimmed, tagged, titled and approved by keyboard alone, and leave as a batch', async ({
  page,
}) => {
  test.setTimeout(300_000);
  const out = mkdtempSync(join(tmpdir(), 'phonomaton-evening-'));
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
      // The trim that is suggested stands already; this takes it again where somebody moved it.
      await key('s');
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
    console.log({ pressesAClip: ordinary, withPlayTrimTitleTagApprove: true });
    expect(ordinary).toBeLessThanOrEqual(8);

    await desk.view('Approuvés');
    await page.getByRole('listbox').focus();
    await desk.key('/');
    await page.keyboard.type('kermesse');
    await expect(desk.rows.first()).toContainText('kermesse');
    await desk.key('Escape');
    await page.getByRole('listbox').focus();
    await desk.key('Control+a');
    await expect(page.getByRole('status').filter({ hasText: `${clips} portraits` })).toBeVisible();
    await desk.key('b');
    await page.getByRole('dialog').getByLabel('Nom du lot').fill('La soirée');
    await desk.key('Enter');
    await desk.note.getByRole('link', { name: 'Voir le lot' }).press('Enter');
    await expect(page.locator('.batch-item')).toHaveCount(clips);
    const downloading = page.waitForEvent('download', { timeout: 180_000 });
    await desk.button('Préparer le ZIP').press('Enter');
    const zip = join(out, 'lot.zip');
    await (await downloading).saveAs(zip);
    execFileSync('unzip', ['-q', zip, '-d', out]);
    const [folder = ''] = readdirSync(out).filter((one) => one.startsWith('lot-'));
    execFileSync('sha256sum', ['-c', '--quiet', 'SHA256SUMS'], { cwd: join(out, folder) });
    expect(readdirSync(join(out, folder)).filter((one) => one.endsWith('.mp3'))).toHaveLength(clips);
  } finally {
    await rig.close();
    rmSync(out, { recursive: true, force: true });
  }
});
