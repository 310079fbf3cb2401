import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Library } from '../../../electron/studio/library/library.ts';
import { choicesOf } from '../../fixtures/capture-input.ts';
import { closingOf, keptPortrait, seededLibrary, startOf, tempFolder, tokenHash } from './lives.ts';

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

function audited(): { actor: string; action: string }[] {
  return library.db.prepare<[], { actor: string; action: string }>('SELECT actor, action FROM audit ORDER BY id').all();
}
function rows(table: string): number {
  return library.db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? -1;
}

describe('a portrait from start to the hosts', () => {
  it('is made with all its context before any sound, and a repeated start is harmless', () => {
    const start = startOf();
    expect(library.takes.startTake(start, tokenHash, '2026-01-01T10:00:10.000Z')).toBe('started');
    expect(library.takes.startTake(start, tokenHash, '2026-01-01T10:00:11.000Z')).toBe('exists');
    expect(library.takes.openTakes()).toEqual([start.takeId]);
    const portrait = library.portraits.get(start.portraitId);
    expect(portrait).toMatchObject({ state: 'recording', speaker: start.speaker, question: 'Quel est votre métier ?' });
    expect(rows('consent_records')).toBe(1);
    expect(audited()).toContainEqual({ actor: 'visitor', action: 'started' });
  });

  it('refuses a second take without the portrait’s own token, and after it was kept', () => {
    const { id } = keptPortrait(library);
    const start = startOf();
    library.takes.startTake(start, tokenHash, '2026-01-01T10:00:10.000Z');
    const other = startOf({ portraitId: start.portraitId });
    expect(library.takes.startTake(other, 'f'.repeat(64), '2026-01-01T10:00:12.000Z')).toBe('refused');
    expect(library.takes.startTake(startOf({ portraitId: id }), tokenHash, '2026-01-01T10:00:12.000Z')).toBe('closed');
  });

  it('is kept with a code, its suggested edit and one take; keeping twice answers the same', () => {
    const start = startOf();
    library.takes.startTake(start, tokenHash, '2026-01-01T10:00:10.000Z');
    library.takes.closeTake(start.takeId, closingOf());
    const again = startOf({ portraitId: start.portraitId });
    library.takes.startTake(again, tokenHash, '2026-01-01T10:02:00.000Z');
    library.takes.closeTake(again.takeId, closingOf());
    const kept = library.takes.keep(start.portraitId, again.takeId, choicesOf());
    expect(kept).toMatchObject({ otherTakes: [start.takeId] });
    if (kept === 'closed') return;
    expect(kept.code).toMatch(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/);
    expect(library.takes.keep(start.portraitId, again.takeId, choicesOf())).toEqual({
      code: kept.code,
      otherTakes: [],
    });
    const portrait = library.portraits.get(start.portraitId);
    expect(portrait).toMatchObject({ state: 'toReview', confirmed: true, edit: { in: 0.7, out: 28.3 } });
    expect(rows('takes')).toBe(1);
  });

  it('that its visitor left is kept unconfirmed, and the visitor’s late “keep” still counts', () => {
    const start = startOf();
    library.takes.startTake(start, tokenHash, '2026-01-01T10:00:10.000Z');
    library.takes.closeTake(start.takeId, closingOf({ state: 'recovered' }));
    library.takes.keepUnconfirmed(start.portraitId, start.takeId);
    expect(library.portraits.get(start.portraitId)).toMatchObject({
      state: 'toReview',
      confirmed: false,
      recovered: true,
    });
    expect(library.takes.keep(start.portraitId, start.takeId, choicesOf())).toMatchObject({ otherTakes: [] });
    expect(library.portraits.get(start.portraitId)?.confirmed).toBe(true);
  });

  it('that is discarded leaves no row and no name behind', () => {
    const start = startOf({ speaker: { firstName: 'Zéphyrine', trade: 'souffleuse', cooperativeId: null } });
    library.takes.startTake(start, tokenHash, '2026-01-01T10:00:10.000Z');
    library.takes.closeTake(start.takeId, closingOf());
    expect(library.takes.discard(start.portraitId)).toEqual([start.takeId]);
    expect(library.takes.discard(start.portraitId)).toEqual([]);
    for (const table of ['portraits', 'takes', 'consent_payloads', 'consent_now', 'speakers'])
      expect(rows(table)).toBe(0);
  });

  it('without a single frame is forgotten with its take', () => {
    const start = startOf();
    library.takes.startTake(start, tokenHash, '2026-01-01T10:00:10.000Z');
    library.takes.forgetTake(start.takeId);
    expect(rows('portraits')).toBe(0);
  });

  it('survives a cooperative and a question the library does not know', () => {
    const speaker = { firstName: '', trade: '', cooperativeId: 'unknown' };
    const { id } = keptPortrait(library, { speaker, questionId: 'gone' });
    expect(library.portraits.get(id)).toMatchObject({ cooperative: null, question: '', title: '' });
  });

  it('keeps the question it answered when the event’s questions change', () => {
    const { id } = keptPortrait(library);
    const { id: _, ...event } = library.events.current();
    library.events.save({ ...event, questions: [{ id: 'metier', text: { fr: 'Autre chose ?' } }] }, 'organiser');
    expect(library.portraits.get(id)?.question).toBe('Quel est votre métier ?');
    expect(library.events.current().questions[0]?.text.fr).toBe('Autre chose ?');
  });
});

describe('what hosts do', () => {
  it('changes the state in one transaction with an audit row, and never from a stale revision', () => {
    const { id } = keptPortrait(library);
    const revision = library.portraits.get(id)?.revision ?? -1;
    expect(library.portraits.approve(id, revision, 'host')).toEqual({ ok: true });
    expect(library.portraits.moveTo(id, revision, 'rejected', 'host')).toEqual({
      ok: false,
      code: 'STALE',
      revision: revision + 1,
    });
    expect(library.portraits.get(id)?.state).toBe('approved');
    expect(audited().at(-1)).toEqual({ actor: 'host', action: 'approved' });
    expect(library.portraits.moveTo(id, revision + 1, 'toReview', 'host')).toEqual({ ok: true });
    expect(library.portraits.moveTo(id, revision + 2, 'toReview', 'host')).toMatchObject({ code: 'WRONG_STATE' });
    expect(library.portraits.approve('0192a1b2-0000-7000-8000-000000000001', 0, 'host')).toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('needs the person’s choices where the visitor did not say, and only then allows a use', () => {
    const start = startOf();
    library.takes.startTake(start, tokenHash, '2026-01-01T10:00:10.000Z');
    library.takes.closeTake(start.takeId, closingOf());
    library.takes.keepUnconfirmed(start.portraitId, start.takeId);
    const id = start.portraitId;
    const revision = () => library.portraits.get(id)?.revision ?? -1;
    expect(library.portraits.approve(id, revision(), 'host')).toMatchObject({ code: 'NEEDS_CONSENT' });
    expect(library.consent.mayUse(id, 'site')).toEqual({ allowed: false, why: 'notConfirmed' });
    const by = { who: 'staff', role: 'host', name: null, method: 'spoken', note: 'Au stand.' } as const;
    expect(library.consent.recordFor(id, choicesOf(), by, 'host')).toEqual({ ok: true, cut: [] });
    expect(library.portraits.approve(id, revision(), 'host')).toEqual({ ok: true });
    expect(library.consent.mayUse(id, 'site')).toEqual({ allowed: true });
    expect(library.consent.mayUse(id, 'social')).toEqual({ allowed: false, why: 'notThisPurpose' });
  });

  it('stores words and tags in their order, without doubles', () => {
    const { id } = keptPortrait(library);
    const revision = library.portraits.get(id)?.revision ?? -1;
    const words = { title: 'Le bois', text: 'Un atelier.', tags: ['bois', 'équipe', 'Bois'] };
    expect(library.words.save(id, revision, words, 'host')).toEqual({ ok: true });
    expect(library.portraits.get(id)).toMatchObject({
      title: 'Le bois',
      text: 'Un atelier.',
      tags: ['bois', 'équipe'],
    });
  });

  it('lists newest first, page by page, with counts', () => {
    const ids = Array.from({ length: 5 }, () => keptPortrait(library).id).reverse();
    const first = library.portraits.list({ limit: 3 });
    expect(first.rows.map((row) => row.id)).toEqual(ids.slice(0, 3));
    expect(first).toMatchObject({ more: true, counts: { toReview: 5, approved: 0 } });
    const second = library.portraits.list({ limit: 3, after: first.next ?? undefined });
    expect(second.rows.map((row) => row.id)).toEqual(ids.slice(3));
    expect(second.more).toBe(false);
    expect(first.rows[0]?.strip).toBe('_'.repeat(120));
    expect(library.portraits.get(ids[0] ?? '')?.ring.every((bar) => bar === 127)).toBe(true);
    expect(library.portraits.list({ limit: 3, state: 'published' }).rows).toEqual([]);
  });
});
