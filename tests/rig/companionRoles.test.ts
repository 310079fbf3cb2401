import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../shared/domain/ids.ts';
import { long } from '../fixtures/runs.ts';
import { type CompanionSite, createCompanionSite, type Published } from './companion.ts';
import { speakMp3s } from './sounds.ts';
import { type Account, startWordPress, type WordPress } from './wordpress.ts';

let site: WordPress;
let folder: string;
let here: CompanionSite;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'companion-roles-'));
  site = await startWordPress({ companion: true });
  await speakMp3s(folder, ['one']);
  here = await createCompanionSite(site, folder);
});
afterAll(async () => {
  await site?.stop();
  await rm(folder, { recursive: true, force: true });
});

const roles: Record<Account, string> = {
  lecteur: 'subscriber',
  contributeur: 'contributor',
  auteur: 'author',
  redacteur: 'editor',
  patron: 'administrator',
  kiosk: 'the booth’s account',
};
const nobody = null;

/** Codes that were never given twice in this file. */
let codes = 0;
const letters = 'ACDEFGHJKM';
const freshCode = (): string => {
  const digits = String(codes++).padStart(8, '0');
  const code = [...digits].map((digit) => letters[Number(digit)]).join('');
  return `${code.slice(0, 4)}-${code.slice(4)}`;
};

/** A portrait the booth has sent, by somebody else. */
const others = () => here.publish('Somebody else’s', freshCode());

/** Portraits as the booth declares them, without sounds: what counts is how many are told. */
async function crowd(size: number): Promise<{ id: string; code: string }[]> {
  const wanted = Array.from({ length: size }, () => ({ id: newId(), code: freshCode() }));
  await inLanes(wanted, 4, async ({ id, code }) => {
    const made = await here.rest('kiosk', 'POST', 'wp/v2/posts', {
      title: id,
      status: 'publish',
      slug: `portrait-${id}`,
    });
    const { id: post } = made.json as { id: number };
    const said = await here.rest('kiosk', 'POST', `phonomaton/v2/portraits/${id}`, { post, sounds: [], code });
    expect(said.status).toBe(200);
  });
  return wanted;
}

/** What somebody tries, as an account or without one; answers whether it came about. */
const tries: Record<string, (by: Account | null) => Promise<boolean>> = {
  /** A post of their own becomes somebody's portrait, so that its code takes that portrait down. */
  async 'make a post a portrait of another'(by) {
    const victim = await others();
    const code = freshCode();
    const asked = { title: 'x', status: 'draft', slug: `portrait-${victim.id}-x`, phonomaton_code: code };
    const made = await here.rest(by, 'POST', 'wp/v2/posts', {
      ...asked,
      meta: { _phonomaton_portrait: victim.id, _phonomaton_code: code },
    });
    const post = (made.json as { id?: number } | null)?.id ?? victim.post;
    await here.rest(by, 'POST', `phonomaton/v2/portraits/${victim.id}`, { post, sounds: [], code });
    await here.withdraw(code);
    return !(await whole(victim));
  },
  async 'make a post a portrait that was never sent'(by) {
    const code = freshCode();
    const id = newId();
    const made = await here.rest(by, 'POST', 'wp/v2/posts', {
      title: 'x',
      status: 'draft',
      slug: `portrait-${id}`,
      phonomaton_code: code,
    });
    const post = (made.json as { id?: number } | null)?.id ?? 1;
    await here.rest(by, 'POST', `phonomaton/v2/portraits/${id}`, { post, sounds: [], code });
    await here.withdraw(code);
    return (await here.told()).includes(id);
  },
  async 'read what was withdrawn'(by) {
    const [{ id, code } = await others()] = await crowd(1);
    await here.withdraw(code);
    const answer = await here.rest(by, 'GET', 'phonomaton/v2/withdrawals');
    return JSON.stringify(answer.json).includes(id);
  },
  async 'acknowledge, so that the booth never hears'(by) {
    const [{ id, code } = await others()] = await crowd(1);
    await here.withdraw(code);
    const [[ref = ''] = []] = await site.query(`SELECT ref FROM wp_phonomaton_withdrawals WHERE portrait = '${id}'`);
    await here.rest(by, 'DELETE', `phonomaton/v2/withdrawals/${ref}`);
    await here.rest(by, 'DELETE', `phonomaton/v1/withdrawals/${id}`);
    return !(await here.told()).includes(id);
  },
  /** With the code of their ticket: everybody may, that is what the page is for. */
  async 'withdraw their own, with its code'(_by) {
    const mine = await others();
    await here.withdraw(mine.code);
    return !(await whole(mine)) && (await here.told()).includes(mine.id);
  },
  async 'withdraw another’s, by its address and id'(by) {
    const victim = await others();
    const sure = { phonomaton_code: freshCode(), phonomaton_sure: victim.id };
    await here.send(sure);
    await here.rest(by, 'POST', 'phonomaton/v2/withdrawals', { portrait: victim.id });
    return !(await whole(victim)) || (await here.told()).includes(victim.id);
  },
  async 'withdraw one that was never sent'(by) {
    const id = newId();
    await here.send({ phonomaton_code: freshCode(), phonomaton_sure: id });
    await here.rest(by, 'POST', 'phonomaton/v2/withdrawals', { portrait: id });
    return (await here.told()).includes(id);
  },
};

const whole = async (portrait: Published) => (await here.stands(portrait)).every(Boolean);

/** The booth's account may make, read and acknowledge; everybody may withdraw with a code; nothing else comes about. */
function expected(what: string, by: Account | null): boolean {
  if (what === 'withdraw their own, with its code') return true;
  if (by !== 'kiosk') return false;
  // Of its own portraits the booth says itself what they are; a code it declares is a code.
  return !what.startsWith('withdraw');
}

test('who of a site can make, read, acknowledge and trigger withdrawals', async () => {
  const accounts = [nobody, ...(Object.keys(roles) as Account[])];
  const table: Record<string, Record<string, string>> = {};
  const wrong: string[] = [];
  for (const [what, attempt] of Object.entries(tries)) {
    table[what] = {};
    for (const by of accounts) {
      const could = await attempt(by);
      await site.query('DELETE FROM wp_phonomaton_withdrawals; DELETE FROM wp_phonomaton_tries');
      const role = by === nobody ? 'nobody' : roles[by];
      table[what][role] = could ? 'yes' : 'no';
      if (could !== expected(what, by)) wrong.push(`${role}: ${what}: ${could}`);
    }
  }
  console.table(table);
  expect(wrong).toEqual([]);
});

describe('at once', () => {
  test.each(long ? [6, 30, 300] : [6, 30])('%i people withdraw: each is told, none twice', async (size) => {
    await site.query('DELETE FROM wp_phonomaton_withdrawals');
    const people = await crowd(size);
    const nonce = await here.nonce();
    // Each presses twice, as people do.
    const fields = people.map(({ id, code }) => ({ phonomaton_code: code, phonomaton_sure: id }));
    const answers = await Promise.all([...fields, ...fields].map((sure) => here.send(sure, { nonce })));
    // A second press is no wrong guess: behind one address it would close the page to the next.
    expect(answers.filter((answer) => !answer.includes('C’est fait'))).toEqual([]);
    const wanted = people.map(({ id }) => id).sort();
    expect((await here.told()).sort()).toEqual(wanted);

    // Two askers at once, as after a restart: every row is acknowledged, and then none is told.
    const told = await here.kind.withdrawals?.list(here.as('kiosk'));
    const rows = told?.ok ? told.value : [];
    expect(rows).toHaveLength(size);
    await Promise.all(
      [rows, rows].map((all) => inLanes(all, 2, ({ ref }) => here.kind.withdrawals?.heard(here.as('kiosk'), ref))),
    );
    expect(await here.told()).toEqual([]);
  });
});

async function inLanes<T>(
  all: readonly T[],
  lanes: number,
  work: (one: T) => Promise<unknown> | undefined,
): Promise<void> {
  const waiting = [...all];
  const lane = async () => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) await work(one);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
