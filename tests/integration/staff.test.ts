import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { migrations } from '../../electron/studio/library/migrations/index.ts';
import { createStudio } from '../../electron/studio/studio.ts';
import { resourcesDir } from '../fixtures/booth.ts';
import { openLan } from '../fixtures/lan.ts';
import { keptPortrait } from './library/lives.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'phonomaton-staff-'));
  folders.push(folder);
  return folder;
}
const cheap = { N: 2, r: 1, p: 1 };

describe('a library of before personal codes', () => {
  it('keeps its code, as an organiser to be renamed, and its trail, with the bare roles', async () => {
    const dir = newFolder();
    const before = migrations.findIndex(({ name }) => name === '0007-staff');
    const db = new Database(join(dir, 'library.db'));
    for (const { sql } of migrations.slice(0, before)) db.exec(sql);
    db.pragma(`user_version = ${before}`);
    // The hash of 2304 as the version before made it, at a cost that is cheap to check.
    const { scryptSync } = await import('node:crypto');
    const salt = Buffer.from('salt of an older version');
    const hash = scryptSync('2304', salt, 32, cheap).toString('base64');
    db.prepare('INSERT INTO staff (role, salt, hash, parameters, created_at) VALUES (?, ?, ?, ?, ?)').run(
      'organiser',
      salt.toString('base64'),
      hash,
      JSON.stringify(cheap),
      '2025-04-14T08:00:00.000Z',
    );
    db.prepare(
      "INSERT INTO audit (at, actor, action, detail) VALUES ('2025-04-14T09:00:00.000Z', 'host', 'settings-saved', '{}')",
    ).run();
    db.close();

    const studio = await createStudio({ dataDir: dir, resourcesDir, pinCost: { N: 4, r: 1, p: 1 } });
    try {
      const [member] = studio.staff.members();
      expect(member).toMatchObject({ name: 'Organisation', role: 'organiser', disabledAt: null });
      expect(member?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
      const oldest = studio.library.trail.list({ limit: 500 }).entries.at(-1);
      expect(oldest).toMatchObject({ actor: 'host', staffId: null, name: null, action: 'settings-saved' });
      expect(await studio.staff.signIn('2304')).toMatchObject({ ok: true });
      expect(studio.library.staff.members()[0]?.parameters).toBe(JSON.stringify({ N: 4, r: 1, p: 1 }));
      expect(await studio.staff.signIn('2304')).toMatchObject({ ok: true });
    } finally {
      await studio.close();
    }
  });
});

describe('the audit trail', () => {
  it('names who did it, on which portrait, and answers by person, kind, portrait and day, page by page', async () => {
    const dir = newFolder();
    const studio = await createStudio({ dataDir: dir, resourcesDir, pinCost: cheap });
    try {
      await studio.staff.setUp('230414', 'Nadia');
      const nadia = studio.staff.members()[0]?.id ?? '';
      const { id } = keptPortrait(studio.library);
      const revision = studio.library.portraits.get(id)?.revision ?? 0;
      studio.library.portraits.approve(id, revision, { role: 'organiser', staffId: nadia });
      const { trail } = studio.library;
      expect(trail.list({ limit: 1 }).entries[0]).toMatchObject({
        actor: 'organiser',
        staffId: nadia,
        name: 'Nadia',
        action: 'approved',
        portraitId: id,
      });
      const all = trail.list({ limit: 500 }).entries;
      const paged = [];
      for (let page = trail.list({ limit: 2 }); ; page = trail.list({ limit: 2, before: paged.at(-1)?.id })) {
        paged.push(...page.entries);
        if (!page.more) break;
      }
      expect(paged).toEqual(all);
      expect(trail.list({ limit: 50, staffId: nadia }).entries.every(({ name }) => name === 'Nadia')).toBe(true);
      expect(trail.list({ limit: 50, kind: 'staff' }).entries.map(({ action }) => action)).toEqual(['pin-set']);
      const byKind = (['portraits', 'sends', 'staff', 'settings', 'other'] as const).flatMap(
        (kind) => trail.list({ limit: 500, kind }).entries,
      );
      expect(byKind.map((entry) => entry.id).sort()).toEqual(all.map((entry) => entry.id).sort());
      expect(trail.list({ limit: 50, portraitId: id }).entries.every((entry) => entry.portraitId === id)).toBe(true);
      const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
      expect(trail.list({ limit: 50, from: tomorrow }).entries).toEqual([]);
    } finally {
      await studio.close();
    }
  });
});

describe('what is secret', () => {
  it('is neither in a log nor in a file: PINs, tokens, vouches, passwords', async () => {
    const logged: string[] = [];
    const lan = await openLan({
      dir: newFolder(),
      log: (what, error) =>
        logged.push(`${what} ${error instanceof Error ? `${error.message} ${error.stack}` : String(error)}`),
    });
    const secrets = ['83920174', '57310468', '9182736450', 'wachtwoord van de site'];
    const [first = '', second = '', wrong = '', password = ''] = secrets;
    await lan.studio.staff.setUp(first, 'Nadia');
    await lan.studio.network.switchOn('organiser');
    const by = 'organiser' as const;
    await lan.studio.staff.add({ name: 'Théo', role: 'host', pin: second }, by, 'booth');
    const { body } = await lan.call('staff/signIn', { pin: first });
    const token: string = JSON.parse(body).json.token;
    secrets.push(token);
    const headers = { authorization: `Bearer ${token}` };
    await lan.call('staff/signIn', { pin: wrong });
    await lan.call('staff/signIn', { pin: { $: wrong } });
    await lan.call('staff/changePin', { current: wrong, next: second }, headers);
    const vouch = await lan.studio.staff.vouch(second);
    if (vouch.ok) secrets.push(vouch.vouch);
    const site = { kind: 'wordpress', name: 'Site', url: 'http://127.0.0.1:9/', user: 'kiosk', password };
    await lan.call('delivery/saveDestination', site, headers);
    const { json } = JSON.parse((await lan.call('delivery/destinations', {}, headers)).body);
    await lan.call('delivery/testDestination', { id: json.destinations[0].id }, headers);
    await lan.ask('/media/takes/x.wav', { headers });
    await lan.studio.library.backUp();
    // A crash's view of the files: the log that is written ahead is still there.
    const copy = newFolder();
    cpSync(lan.dir, copy, { recursive: true });
    await lan.close();

    for (const secret of secrets) expect(logged.join('\n')).not.toContain(secret);
    const files = readdirSync(copy, { recursive: true, encoding: 'utf8', withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(files.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['library.db', 'library.db-wal', 'desk-certificate.pem']),
    );
    for (const { parentPath, name } of files) {
      const bytes = readFileSync(join(parentPath, name));
      // The one file a password may lie in where the system has no key store.
      const hidden = name === 'secrets.json' ? secrets.filter((secret) => secret !== password) : secrets;
      for (const secret of hidden) expect(bytes.includes(secret), `${secret} in ${name}`).toBe(false);
    }
  });
});
