import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Library } from '../../../electron/studio/library/library.ts';
import type { Transcript } from '../../../shared/contract/base.ts';
import { keptPortrait, seededLibrary, startOf, tempFolder, tokenHash } from './lives.ts';

let dir: string;
let library: Library;
beforeEach(() => {
  dir = tempFolder();
  library = seededLibrary(dir);
});
afterEach(() => {
  library.close();
  rmSync(dir, { recursive: true });
});

const revisionOf = (id: string) => library.portraits.get(id)?.revision ?? -1;
const tagsOf = (id: string) => library.portraits.get(id)?.tags;
const tagged = (...tags: string[]) => {
  const { id } = keptPortrait(library);
  expect(library.words.save(id, revisionOf(id), { tags }, 'host')).toEqual({ ok: true });
  return id;
};
const idOf = (name: string) => library.tags.list().find((tag) => tag.name === name)?.id ?? -1;
const trail = () =>
  library.db
    .prepare<[], { actor: string; action: string; detail: string }>(
      'SELECT actor, action, detail FROM audit ORDER BY id',
    )
    .all();

const transcript: Transcript = {
  language: 'fr',
  origin: 'typed',
  checked: false,
  cues: [
    { start: 0, end: 4, text: 'Je travaille le bois.' },
    { start: 4, end: 30, text: 'Depuis toujours.' },
  ],
};

describe('words', () => {
  it('are saved field by field: what is left out stays as it is', () => {
    const { id } = keptPortrait(library);
    const first = { title: 'Le bois', text: 'Un atelier.', notes: 'Rappeler', rating: 4, language: 'nl' as const };
    expect(library.words.save(id, revisionOf(id), first, 'host')).toEqual({ ok: true });
    expect(library.words.save(id, revisionOf(id), { rating: 2 }, 'host')).toEqual({ ok: true });
    const { title: ownTitle, ...rest } = first;
    expect(library.portraits.get(id)).toMatchObject({ ...rest, ownTitle, title: 'Le bois', rating: 2 });
  });
  it('are refused beside a newer revision, in a recording, and where there is nothing', () => {
    const { id } = keptPortrait(library);
    const stale = revisionOf(id);
    library.words.save(id, stale, { notes: 'a' }, 'host');
    expect(library.words.save(id, stale, { notes: 'b' }, 'host')).toEqual({
      ok: false,
      code: 'STALE',
      revision: stale + 1,
    });
    const start = startOf();
    library.takes.startTake(start, tokenHash, '2026-01-01T10:00:10.000Z');
    expect(library.words.save(start.portraitId, 0, { notes: 'b' }, 'host')).toMatchObject({ code: 'WRONG_STATE' });
    expect(library.words.save('none', 0, {}, 'host')).toMatchObject({ code: 'NOT_FOUND' });
    expect(library.portraits.get(id)?.notes).toBe('a');
  });
  it('correct a speaker, and the audit says what without saying whom', () => {
    const { id } = keptPortrait(library);
    const speaker = { firstName: 'Odile-Marie', trade: 'menuisière', cooperativeId: 'opteos' };
    expect(library.words.save(id, revisionOf(id), { speaker }, 'host')).toEqual({ ok: true });
    expect(library.portraits.get(id)).toMatchObject({ speaker, cooperative: 'Optéos' });
    const [row] = trail().filter((one) => one.action === 'speaker-corrected');
    expect(JSON.parse(row?.detail ?? '')).toEqual({ firstName: true, trade: false, cooperative: true });
    expect(JSON.stringify(trail())).not.toMatch(/Odile/);
  });
  it('leave everything alone for a cooperative that is not there', () => {
    const { id } = keptPortrait(library);
    const speaker = { firstName: 'X', trade: '', cooperativeId: 'nowhere' };
    const change = library.words.save(id, revisionOf(id), { title: 'T', speaker }, 'host');
    expect(change).toEqual({ ok: false, code: 'UNKNOWN_COOPERATIVE' });
    expect(library.portraits.get(id)).toMatchObject({ ownTitle: '', speaker: { firstName: 'Odile' } });
  });
});

describe('a transcript', () => {
  it('is kept as it was saved, and taken away again', () => {
    const { id } = keptPortrait(library);
    expect(library.words.saveTranscript(id, revisionOf(id), transcript, 'host')).toEqual({ ok: true });
    expect(library.portraits.get(id)?.transcript).toEqual(transcript);
    expect(library.words.saveTranscript(id, revisionOf(id), null, 'host')).toEqual({ ok: true });
    expect(library.portraits.get(id)?.transcript).toBeNull();
    expect(JSON.stringify(trail())).not.toMatch(/bois/);
  });
  it('has to lie in order, within the take', () => {
    const { id } = keptPortrait(library);
    const outside = { ...transcript, cues: [{ start: 29, end: 31, text: 'trop loin' }] };
    expect(library.words.saveTranscript(id, revisionOf(id), outside, 'host')).toMatchObject({ code: 'BAD_CUES' });
    const mixed = { ...transcript, cues: [...transcript.cues].reverse() };
    expect(library.words.saveTranscript(id, revisionOf(id), mixed, 'host')).toMatchObject({ why: 'order' });
  });
  it('of an engine never takes the place of what somebody wrote meanwhile', () => {
    const { id } = keptPortrait(library);
    const heard: Transcript = { ...transcript, origin: 'engine' };
    library.words.saveTranscript(id, revisionOf(id), transcript, 'host');
    expect(library.words.fillTranscript(id, null, heard)).toMatchObject({ code: 'STALE' });
    expect(library.portraits.get(id)?.transcript?.origin).toBe('typed');
    expect(library.words.fillTranscript(id, transcript, heard)).toEqual({ ok: true });
    expect(trail().at(-1)).toMatchObject({ actor: 'studio', action: 'transcribed' });
  });
});

describe('tags', () => {
  it('are counted, the most used first, and known whatever their capitals', () => {
    tagged('bois', 'équipe');
    const second = tagged('ÉQUIPE', 'pêche');
    expect(tagsOf(second)).toEqual(['équipe', 'pêche']);
    expect(library.tags.list().map((tag) => [tag.name, tag.count])).toEqual([
      ['équipe', 2],
      ['bois', 1],
      ['pêche', 1],
    ]);
  });

  it('are renamed everywhere, and back', () => {
    const id = tagged('menuisié', 'bois');
    const before = revisionOf(id);
    const act = library.tags.rename(idOf('menuisié'), '  menuiserie ', 'host');
    if (!act.ok) throw new Error(act.code);
    expect(tagsOf(id)).toEqual(['menuiserie', 'bois']);
    expect(revisionOf(id)).toBe(before + 1);
    expect(library.tags.undo(act.act, 'host')).toBe(true);
    expect(tagsOf(id)).toEqual(['menuisié', 'bois']);
    expect(library.tags.undo(act.act, 'host')).toBe(false);
    expect(library.tags.rename(9999, 'x', 'host')).toEqual({ ok: false, code: 'NOT_FOUND' });
  });
  it('may change their capitals, but not take the name of another', () => {
    tagged('bois', 'équipe');
    expect(library.tags.rename(idOf('bois'), 'Bois', 'host')).toMatchObject({ ok: true });
    expect(library.tags.rename(idOf('Bois'), 'Équipe', 'host')).toEqual({
      ok: false,
      code: 'NAME_TAKEN',
      id: idOf('équipe'),
    });
  });

  it('are merged, and every portrait gets its own back by the undo', () => {
    const both = tagged('vélo', 'bicyclette', 'ville');
    const one = tagged('cycle');
    const kept = tagged('vélo');
    const other = tagged('ville');
    const before = library.tags.list();
    const act = library.tags.merge([idOf('bicyclette'), idOf('cycle')], idOf('vélo'), 'organiser');
    if (!act.ok) throw new Error(act.code);
    expect([both, one, kept, other].map(tagsOf)).toEqual([['vélo', 'ville'], ['vélo'], ['vélo'], ['ville']]);
    expect(library.tags.list().map((tag) => tag.name)).toEqual(['vélo', 'ville']);
    // A host takes the merged tag away in the meantime: the undo does not bring anything back there.
    library.words.save(one, revisionOf(one), { tags: [] }, 'host');
    expect(library.tags.undo(act.act, 'organiser')).toBe(true);
    expect([both, one, kept, other].map(tagsOf)).toEqual([['vélo', 'bicyclette', 'ville'], [], ['vélo'], ['ville']]);
    expect(
      library.tags
        .list()
        .map((tag) => tag.id)
        .sort(),
    ).toEqual(before.map((tag) => tag.id).sort());
  });
  it('are merged with what exists only', () => {
    tagged('vélo');
    expect(library.tags.merge([4321], idOf('vélo'), 'host')).toEqual({ ok: false, code: 'NOT_FOUND' });
    expect(library.tags.merge([idOf('vélo')], 4321, 'host')).toEqual({ ok: false, code: 'NOT_FOUND' });
    expect(library.tags.merge([idOf('vélo')], idOf('vélo'), 'host')).toMatchObject({ ok: true });
    expect(library.tags.list()).toHaveLength(1);
  });

  it('that nobody carries are taken away, and back', () => {
    const id = tagged('bois', 'essai');
    library.words.save(id, revisionOf(id), { tags: ['bois'] }, 'host');
    const act = library.tags.removeUnused('host');
    if (!act.ok) throw new Error(act.code);
    expect(library.tags.list().map((tag) => tag.name)).toEqual(['bois']);
    tagged('Essai');
    expect(library.tags.undo(act.act, 'host')).toBe(true);
    expect(library.tags.list().map((tag) => tag.name)).toEqual(['bois', 'Essai']);
  });
  it('have every act in the audit, without their names', () => {
    tagged('Odile', 'bois');
    library.tags.merge([idOf('Odile')], idOf('bois'), 'host');
    expect(trail().at(-1)).toMatchObject({ actor: 'host', action: 'tags-merged' });
    expect(JSON.stringify(trail())).not.toMatch(/Odile|bois/);
  });
});
