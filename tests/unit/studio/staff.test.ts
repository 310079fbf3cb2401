import { describe, expect, it } from 'vitest';
import { createStaff, type DeskFacts } from '../../../electron/studio/staff/staff.ts';
import { fakeStaffStore } from '../../fixtures/staff-store.ts';

// The cheapest cost scrypt takes: these tests are about rules, not about the price of a guess.
const cheap = { N: 2, r: 1, p: 1 };
const away: DeskFacts = { way: 'network', device: 'Firefox', address: '192.0.2.7' };

function staffAt(start: string, idleMinutes = 45) {
  let time = Date.parse(start);
  const now = () => new Date(time);
  const store = fakeStaffStore(now);
  const build = (cost = cheap) => createStaff(store, now, { scryptCost: cost, idleMs: () => idleMinutes * 60_000 });
  return { staff: build(), store, now, restart: build, pass: (seconds: number) => (time += seconds * 1000) };
}
async function opened(promise: Promise<{ ok: true; session: { token: string } } | { ok: false }>) {
  const answer = await promise;
  if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer)}`);
  return answer.session.token;
}
async function withHost() {
  const rig = staffAt('2026-01-01T10:00:00Z');
  const { staff } = rig;
  await staff.setUp('230414', 'Nadia');
  const organiser = staff.members()[0]?.id ?? '';
  const by = { role: 'organiser' as const, staffId: organiser };
  const added = await staff.add({ name: 'Théo', role: 'host', pin: '777777' }, by, 'booth');
  if (!added.ok) throw new Error(added.code);
  return { ...rig, by, organiser, host: added.member.id };
}

describe('PINs', () => {
  it('takes the first PIN once, and never keeps it in the clear', async () => {
    const { staff, store } = staffAt('2026-01-01T10:00:00Z');
    expect(await staff.signIn('2304')).toEqual({ ok: false, code: 'NOT_SET_UP' });
    expect(await staff.setUp('230400', 'Nadia')).toMatchObject({ role: 'organiser', name: 'Nadia' });
    expect(await staff.setUp('9999')).toBeUndefined();
    expect(JSON.stringify([store.stored, store.notes])).not.toContain('230400');
    expect(await staff.signIn('9999')).toMatchObject({ code: 'WRONG_PIN' });
    expect(await staff.signIn('230400')).toMatchObject({ ok: true, session: { name: 'Nadia' } });
  });

  it('are one person’s each, so that a PIN alone says who is there; to hear that one is taken counts as a guess', async () => {
    const { staff, by, host } = await withHost();
    expect(await staff.signIn('777777')).toMatchObject({ ok: true, session: { name: 'Théo', role: 'host' } });
    expect(await staff.signIn('230414')).toMatchObject({ ok: true, session: { name: 'Nadia', role: 'organiser' } });
    for (let tried = 0; tried < 4; tried++) {
      expect(await staff.add({ name: 'Zoé', role: 'host', pin: '777777' }, by, 'booth')).toMatchObject({
        code: 'TAKEN',
      });
    }
    expect(await staff.add({ name: 'Zoé', role: 'host', pin: '777777' }, by, 'booth')).toMatchObject({ code: 'WAIT' });
    expect(await staff.resetPin(host, '123456', by, 'booth')).toMatchObject({ code: 'WAIT' });
  });

  it('are hashed anew at sign-in when the cost has risen, and go on opening', async () => {
    const { staff, store, restart } = staffAt('2026-01-01T10:00:00Z');
    await staff.setUp('230414');
    const before = store.stored[0]?.hash;
    const dearer = restart({ N: 4, r: 1, p: 1 });
    expect(await dearer.signIn('230414')).toMatchObject({ ok: true });
    expect(store.stored[0]).toMatchObject({ parameters: JSON.stringify({ N: 4, r: 1, p: 1 }) });
    expect(store.stored[0]?.hash).not.toBe(before);
    expect(await dearer.signIn('230414')).toMatchObject({ ok: true });
  });

  it('can be changed by who knows the old one; the sessions opened with it elsewhere end', async () => {
    const { staff, host } = await withHost();
    const here = await opened(staff.signIn('777777'));
    const there = await opened(staff.signIn('777777', away));
    const own = { staffId: host, sessionId: staff.session(here)?.id ?? '', role: 'host' as const };
    expect(await staff.changePin(own, { current: '230414', next: '555555' }, 'booth')).toMatchObject({
      code: 'WRONG_PIN',
    });
    expect(await staff.changePin(own, { current: '777777', next: '230414' }, 'booth')).toMatchObject({ code: 'TAKEN' });
    expect(await staff.changePin(own, { current: '777777', next: '555555' }, 'booth')).toMatchObject({ ok: true });
    expect(staff.session(here)).toBeDefined();
    expect(staff.session(there, 'network')).toBeUndefined();
    expect(await staff.signIn('777777')).toMatchObject({ code: 'WRONG_PIN' });
    expect(await staff.signIn('555555')).toMatchObject({ ok: true });
  });
});

describe('wrong PINs', () => {
  it('wait longer each time, and even the right one is refused meanwhile', async () => {
    const { staff, pass } = staffAt('2026-01-01T10:00:00Z');
    await staff.setUp('2304');
    const waits: number[] = [];
    for (let guess = 0; guess < 5; guess++) {
      const answer = await staff.signIn('0000');
      if (answer.ok || answer.code !== 'WRONG_PIN') throw new Error(`unexpected ${JSON.stringify(answer)}`);
      waits.push(answer.waitSeconds);
      if (answer.waitSeconds > 0) expect(await staff.signIn('2304')).toMatchObject({ code: 'WAIT' });
      pass(answer.waitSeconds + 1);
    }
    expect(waits).toEqual([0, 0, 0, 2, 4]);
    expect(await staff.signIn('2304')).toMatchObject({ ok: true });
  });

  it('are heard one at a time in a burst', async () => {
    const { staff } = staffAt('2026-01-01T10:00:00Z');
    await staff.setUp('2304');
    const answers = await Promise.all(Array.from({ length: 12 }, () => staff.signIn('0000')));
    expect(answers.filter((answer) => !answer.ok && answer.code === 'WRONG_PIN')).toHaveLength(4);
    expect(answers.filter((answer) => !answer.ok && answer.code === 'WAIT')).toHaveLength(8);
  });

  it('on the network close the network, and never the booth', async () => {
    const { staff, store, pass } = staffAt('2026-01-01T10:00:00Z');
    await staff.setUp('230414');
    for (let guess = 0; guess < 20; guess++) {
      expect(await staff.signIn('000000', away)).toMatchObject({ code: 'WRONG_PIN' });
      pass(901);
    }
    expect(await staff.signIn('230414', away)).toMatchObject({ code: 'LOCKED' });
    expect(await staff.signIn('230414')).toMatchObject({ ok: true });
    pass(30 * 24 * 3600);
    expect(await staff.signIn('230414', away)).toMatchObject({ code: 'LOCKED' });
    expect(store.notes.filter(({ action }) => action === 'network-locked')).toHaveLength(1);
    staff.unlock('network');
    expect(await staff.signIn('230414', away)).toMatchObject({ ok: true });
  });

  it('need six digits on the network, and shorter ones are not even counted', async () => {
    const { staff } = staffAt('2026-01-01T10:00:00Z');
    await staff.setUp('2304');
    for (let guess = 0; guess < 30; guess++) {
      expect(await staff.signIn('2304', away)).toEqual({ ok: false, code: 'TOO_SHORT' });
    }
    expect(await staff.signIn('000000', away)).toMatchObject({ code: 'WRONG_PIN', waitSeconds: 0 });
  });
});

describe('sessions', () => {
  it('end by sign-out, by a desk left alone, and after a long day however busy', async () => {
    const { staff, pass } = staffAt('2026-01-01T10:00:00Z');
    const session = await staff.setUp('2304');
    if (session === undefined) throw new Error('no session');
    for (let minutes = 0; minutes < 15 * 60; minutes += 30) {
      pass(30 * 60);
      expect(staff.session(session.token)?.role).toBe('organiser');
    }
    pass(46 * 60);
    expect(staff.session(session.token)).toBeUndefined();
    const busy = await opened(staff.signIn('2304'));
    for (let minutes = 0; minutes < 15 * 60; minutes += 30) {
      pass(30 * 60);
      expect(staff.session(busy)).toBeDefined();
    }
    pass(40 * 60);
    staff.session(busy);
    pass(30 * 60);
    expect(staff.session(busy)).toBeUndefined();
    const again = await opened(staff.signIn('2304'));
    const signal = staff.session(again)?.signal;
    staff.signOut(again);
    expect(signal?.aborted).toBe(true);
    expect(staff.session(again)).toBeUndefined();
    expect(staff.session('made-up')).toBeUndefined();
  });

  it('are not kept alive by a page that asks by itself in front of an empty chair', async () => {
    const { staff, pass } = staffAt('2026-01-01T10:00:00Z', 10);
    await staff.setUp('2304');
    const token = await opened(staff.signIn('2304'));
    for (let seconds = 20; seconds < 600; seconds += 20) {
      pass(20);
      expect(staff.session(token, 'booth', seconds * 1000)).toBeDefined();
    }
    pass(20);
    expect(staff.session(token, 'booth', 600_000)).toBeUndefined();
  });

  it('are good on their own way in alone', async () => {
    const { staff } = staffAt('2026-01-01T10:00:00Z');
    await staff.setUp('230414');
    const token = await opened(staff.signIn('230414', away));
    expect(staff.session(token, 'booth')).toBeUndefined();
    const id = staff.session(token, 'network')?.id ?? '';
    expect(staff.sessionSignal(id, 'network')).toBeDefined();
    expect(staff.sessionSignal(id, 'booth')).toBeUndefined();
  });

  it('are listed with their desk, and end when somebody disconnects it', async () => {
    const { staff, by } = await withHost();
    const token = await opened(staff.signIn('777777', away));
    const [desk] = staff.desks('network');
    expect(desk).toMatchObject({ name: 'Théo', device: 'Firefox', address: '192.0.2.7' });
    const signal = staff.session(token, 'network')?.signal;
    expect(staff.disconnect(desk?.id ?? '', by)).toBe(true);
    expect(signal?.aborted).toBe(true);
    expect(staff.session(token, 'network')).toBeUndefined();
    expect(staff.disconnect(desk?.id ?? '', by)).toBe(false);
  });
});

describe('the team', () => {
  it('loses the sessions of who is disabled at once, and their PIN opens nothing', async () => {
    const { staff, by, host } = await withHost();
    const token = await opened(staff.signIn('777777'));
    const signal = staff.session(token)?.signal;
    expect(staff.setDisabled(host, true, by)).toMatchObject({ ok: true, member: { name: 'Théo' } });
    expect(signal?.aborted).toBe(true);
    expect(staff.session(token)).toBeUndefined();
    expect(await staff.signIn('777777')).toMatchObject({ code: 'WRONG_PIN' });
    expect(staff.setDisabled(host, false, by)).toMatchObject({ ok: true });
    expect(await staff.signIn('777777')).toMatchObject({ ok: true });
  });

  it('keeps somebody who can let the others in', async () => {
    const { staff, by, organiser, host } = await withHost();
    expect(staff.setDisabled(organiser, true, by)).toMatchObject({ code: 'LAST_ORGANISER' });
    expect(staff.change(organiser, { name: 'Nadia', role: 'host' }, by)).toMatchObject({ code: 'LAST_ORGANISER' });
    expect(staff.change(host, { name: 'Théo', role: 'organiser' }, by)).toMatchObject({ ok: true });
    expect(staff.change(organiser, { name: 'Nadia', role: 'host' }, by)).toMatchObject({ ok: true });
  });

  it('gives a running session the role its member has now', async () => {
    const { staff, by, host } = await withHost();
    const token = await opened(staff.signIn('777777'));
    staff.change(host, { name: 'Théo D.', role: 'organiser' }, by);
    expect(staff.session(token)).toMatchObject({ role: 'organiser', name: 'Théo D.' });
  });
});

describe('a vouch', () => {
  it('says who stood by one visit, opens nothing, and is over after half an hour or with its member', async () => {
    const { staff, by, host, organiser, pass } = await withHost();
    const given = await staff.vouch('777777');
    if (!given.ok) throw new Error(given.code);
    expect(given.name).toBe('Théo');
    expect(staff.vouched(given.vouch)).toEqual({ staffId: host, name: 'Théo' });
    expect(staff.session(given.vouch)).toBeUndefined();
    // Neither another member's nor a longer one can be made of it.
    const later = String(Date.parse(given.expiresAt) + 1);
    for (const [part, other] of [
      [host, organiser],
      [String(Date.parse(given.expiresAt)), later],
    ] as const) {
      expect(given.vouch).toContain(part);
      expect(staff.vouched(given.vouch.replace(part, other))).toBeUndefined();
    }
    expect(staff.vouched('')).toBeUndefined();
    staff.setDisabled(host, true, by);
    expect(staff.vouched(given.vouch)).toBeUndefined();
    staff.setDisabled(host, false, by);
    pass(31 * 60);
    expect(staff.vouched(given.vouch)).toBeUndefined();
  });

  it('has the delays of a sign-in', async () => {
    const { staff } = await withHost();
    for (let guess = 0; guess < 4; guess++) expect(await staff.vouch('0000')).toMatchObject({ code: 'WRONG_PIN' });
    expect(await staff.vouch('777777')).toMatchObject({ code: 'WAIT' });
    expect(await staff.signIn('777777')).toMatchObject({ code: 'WAIT' });
  });
});
