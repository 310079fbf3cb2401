import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { appendConsent, verifyLinks } from '../../../electron/studio/library/consentChain.ts';
import { openDatabase } from '../../../electron/studio/library/database.ts';
import { migrations } from '../../../electron/studio/library/migrations/index.ts';
import { tempFolder } from '../library/lives.ts';

it('the step to site withdrawals takes every link of the chain over as it was, with its guards, and lets a new kind in', () => {
  const dir = tempFolder();
  try {
    const path = join(dir, 'library.db');
    const before = migrations.findIndex(({ name }) => name === '0016-site-withdrawals');
    const old = openDatabase(path, before);
    const at = '2026-04-14T10:00:00.000Z';
    const acts = [
      ['a', 'record'],
      ['a', 'choices'],
      ['b', 'record'],
      ['a', 'withdrawal'],
      ['a', 'correction'],
      ['b', 'erasure'],
    ] as const;
    for (const [portraitId, kind] of acts) {
      appendConsent(old, {
        portraitId,
        kind,
        at,
        facts: { reason: 'withdrawn' },
        payload: { words: `${portraitId} é` },
      });
      if (kind === 'erasure') old.prepare('DELETE FROM consent_payloads WHERE seq = 3').run();
    }
    const everything = (db: typeof old) => [
      db.prepare('SELECT * FROM consent_records ORDER BY seq').all(),
      db.prepare('SELECT * FROM consent_payloads ORDER BY seq').all(),
      db.prepare('SELECT * FROM consent_head').all(),
    ];
    const was = everything(old);
    expect(() => appendConsent(old, { portraitId: 'a', kind: 'resolution', at, facts: {}, payload: {} })).toThrow(
      'CHECK',
    );
    old.close();

    const db = openDatabase(path);
    expect(everything(db)).toEqual(was);
    expect(verifyLinks(db)).toMatchObject({ ok: true, records: acts.length });
    for (const act of [
      'DELETE FROM consent_records WHERE seq = 1',
      "UPDATE consent_records SET at = '' WHERE seq = 1",
      "UPDATE consent_payloads SET payload = '{}' WHERE seq = 1",
      'DELETE FROM consent_payloads WHERE seq = 1',
    ]) {
      expect(() => db.exec(act), act).toThrow();
    }
    appendConsent(db, { portraitId: 'a', kind: 'resolution', at, facts: { how: 'undone' }, payload: {} });
    expect(verifyLinks(db)).toMatchObject({ ok: true, records: acts.length + 1 });
    db.close();
  } finally {
    rmSync(dir, { recursive: true });
  }
});
