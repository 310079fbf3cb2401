import { chmodSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { whisper } from '../../../electron/studio/transcript/whisper.ts';
import type { Purpose } from '../../../shared/domain/consent.ts';
import { wavHeader } from '../../../shared/domain/wav.ts';
import { openBooth, type TestBooth } from '../../fixtures/booth.ts';
import { filesWith } from '../../fixtures/bytes.ts';
import { keptPortrait } from '../library/lives.ts';

const fake = join(import.meta.dirname, '../../fixtures/fake-whisper.mjs');

let booth: TestBooth;
let dir: string;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'phonomaton-engine-'));
  booth = await openBooth();
});
afterAll(async () => {
  await booth.close();
  rmSync(booth.dir, { recursive: true });
  rmSync(dir, { recursive: true });
});

function model(name: string): string {
  const file = join(dir, `${name}.bin`);
  writeFileSync(file, name);
  return file;
}
function use(name: string, program = fake): void {
  const { settings } = booth.studio.library;
  settings.save({ ...settings.get(), whisperModel: name === '' ? '' : model(name), whisperPath: program }, 'organiser');
}
/** A portrait with thirty seconds of quiet sound, as its take says. */
function recorded(purposes: Purpose[] = ['site']): string {
  const { id } = keptPortrait(booth.studio.library, {}, { purposes });
  const take = booth.studio.library.portraits.get(id)?.take;
  const bytes = 48_000 * 30 * 3;
  writeFileSync(
    join(booth.studio.folders.takes, `${take?.id}.wav`),
    Buffer.concat([wavHeader(48_000, bytes), Buffer.alloc(bytes)]),
  );
  return id;
}
const job = async (id: string) => (await booth.studio.transcripts.state()).jobs.find((one) => one.portraitId === id);
const ended = (id: string) => vi.waitFor(async () => expect((await job(id))?.state).toMatch(/done|failed/), 20_000);

describe('the engine', () => {
  it('is off without a model, and says what is missing', async () => {
    const at = (program: string, held: string, path = '') =>
      whisper({ program: () => program, model: () => held, path }).find();
    expect(await at('', '')).toEqual({ ok: false, why: 'off' });
    expect(await at('', model('good'))).toEqual({ ok: false, why: 'noProgram' });
    expect(await at(fake, join(dir, 'none.bin'))).toEqual({ ok: false, why: 'noModel' });
    expect(await at(process.execPath, model('good'))).toEqual({ ok: false, why: 'notThatProgram' });
    expect(await at(fake, model('good'))).toEqual({ ok: true, program: fake });
  });
  it('is found on PATH', async () => {
    const place = join(dir, 'whisper-cli');
    symlinkSync(fake, place);
    chmodSync(fake, 0o755);
    const found = whisper({ program: () => '', model: () => model('good'), path: `/nowhere:${dir}` });
    expect(await found.find()).toEqual({ ok: true, program: place });
  });
});

describe('an automatic transcript', () => {
  it('is refused where there is no engine, no portrait, or something is written', async () => {
    const id = recorded();
    const { transcripts, library } = booth.studio;
    use('');
    expect(await transcripts.start(id, false)).toEqual({ ok: false, code: 'NO_ENGINE', why: 'off' });
    use('good');
    expect(await transcripts.start('none', false)).toEqual({ ok: false, code: 'NOT_FOUND' });
    const cues = [{ start: 0, end: 1, text: 'Bonjour' }];
    const written = { language: 'fr' as const, origin: 'typed' as const, checked: true, cues };
    library.words.saveTranscript(id, library.portraits.get(id)?.revision ?? 0, written, 'host');
    expect(await transcripts.start(id, false)).toEqual({ ok: false, code: 'HAS_TRANSCRIPT' });
    expect(await transcripts.start(id, true)).toEqual({ ok: true });
    await ended(id);
    expect(library.portraits.get(id)?.transcript?.origin).toBe('engine');
  });

  it('is made of the portrait’s sound, tidied, unread, and told to the desk', async () => {
    use('good');
    const id = recorded();
    const { seq } = await booth.studio.changes.next(0, 0);
    expect(await booth.studio.transcripts.start(id, false)).toEqual({ ok: true });
    await ended(id);
    expect(await job(id)).toMatchObject({ state: 'done', progress: 1, failure: null });
    expect(booth.studio.library.portraits.get(id)?.transcript).toEqual({
      language: 'fr',
      origin: 'engine',
      checked: false,
      cues: [
        { start: 0, end: 1.2, text: 'Je répare des vélos.' },
        { start: 2.6, end: 30, text: 'Langue fr.' },
      ],
    });
    const { topics } = await booth.studio.changes.next(seq, 0);
    expect(topics).toEqual(expect.arrayContaining(['transcript', 'portraits']));
  });

  it.each([
    ['fails', 'engineFailed', /failed to initialize/],
    ['rubbish', 'engineFailed', /no passages/],
    ['silence', 'nothingHeard', /^$/],
  ])('ends with a reason when the engine %s', async (name, failure, detail) => {
    use(name);
    const id = recorded();
    await booth.studio.transcripts.start(id, false);
    await ended(id);
    expect(await job(id)).toMatchObject({ state: 'failed', failure, detail: expect.stringMatching(detail) });
    expect(booth.studio.library.portraits.get(id)?.transcript).toBeNull();
  });

  it('runs one at a time, can be stopped, and leaves nothing of the sound behind', async () => {
    use('slow');
    const [first, second] = [recorded(), recorded()];
    const { transcripts, library } = booth.studio;
    await transcripts.start(first, false);
    await transcripts.start(second, false);
    await vi.waitFor(async () => expect(await job(first)).toMatchObject({ state: 'running', progress: 0.35 }), 20_000);
    expect(await job(second)).toMatchObject({ state: 'waiting', progress: 0 });
    use('good');
    transcripts.cancel(first);
    expect(await job(first)).toBeUndefined();
    await ended(second);
    expect(library.portraits.get(second)?.transcript?.origin).toBe('engine');
    expect(library.portraits.get(first)?.transcript).toBeNull();
    await vi.waitFor(() => expect(readdirSync(join(booth.dir, 'transcripts'))).toEqual([]));
  });

  it.each([
    ['the whole authorisation is', ['site', 'transcript'], 'all'],
    ['that of the transcript is', ['site', 'transcript'], ['transcript']],
  ] as const)(
    'ends at once, running or waiting, when %s taken back, and leaves no sound and no word',
    async (_, given, gone) => {
      use('slow');
      const [running, waiting, other] = [recorded([...given]), recorded([...given]), recorded([...given])];
      const { transcripts, library, consent } = booth.studio;
      for (const id of [running, waiting, other]) await transcripts.start(id, false);
      await vi.waitFor(
        async () => expect(await job(running)).toMatchObject({ state: 'running', progress: 0.35 }),
        20_000,
      );
      expect(readdirSync(join(booth.dir, 'transcripts'))).toHaveLength(1);
      use('good');
      const by = { actor: 'host', name: null } as const;
      // The one that waits first, so that its turn has not come.
      expect(await consent.withdraw(waiting, gone, by)).toMatchObject({ ok: true });
      expect(await consent.withdraw(running, gone, by)).toMatchObject({ ok: true });
      expect([await job(running), await job(waiting)]).toEqual([undefined, undefined]);
      const work = readdirSync(join(booth.dir, 'transcripts'), { recursive: true, encoding: 'utf8' });
      // The one that is still allowed has begun at most.
      expect(work.filter((name) => name.includes('work-') && !name.includes('/')).length).toBeLessThanOrEqual(1);
      await ended(other);
      expect(library.portraits.get(other)?.transcript?.origin).toBe('engine');
      const rows = library.db
        .prepare('SELECT transcript FROM portraits WHERE id IN (?, ?)')
        .pluck()
        .all(running, waiting);
      expect(rows).toEqual([null, null]);
      await vi.waitFor(() => expect(readdirSync(join(booth.dir, 'transcripts'))).toEqual([]));
    },
  );

  it('is not stored for somebody who withdrew, even where it was not stopped', () => {
    const id = recorded();
    const { library } = booth.studio;
    const cues = [{ start: 0, end: 1, text: 'Mot-Prunelle-Dit' }];
    // Somebody still has a copy, so the row waits as withdrawn.
    library.consent.withdraw(id, 'all', { actor: 'host', name: null }, { handedOver: () => true });
    const made = { language: 'fr' as const, origin: 'engine' as const, checked: false, cues };
    expect(library.words.fillTranscript(id, null, made)).toMatchObject({ ok: false });
    const revision = library.portraits.get(id)?.revision ?? -1;
    const words = { title: 'Mot-Prunelle-Dit' };
    expect(library.words.save(id, revision, words, 'host')).toMatchObject({ ok: false });
    expect(filesWith(booth.dir, Buffer.from('Mot-Prunelle-Dit'))).toEqual([]);
  });
});
