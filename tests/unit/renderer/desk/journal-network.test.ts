import { describe, expect, it } from 'vitest';
import { watchIdle } from '../../../../renderer/desk/live/idle.ts';
import { csv } from '../../../../renderer/desk/settings/journal/journal-csv.ts';
import { everything, queryOf, wholeJournal } from '../../../../renderer/desk/settings/journal/use-journal.ts';
import { deviceName, inGroups, spoken } from '../../../../renderer/desk/settings/network/address.ts';

describe('the journal as a table', () => {
  it('opens in a French spreadsheet, and no cell is a formula', () => {
    expect(
      csv([
        ['Quand', 'a;"b"'],
        ['=1+1', '-x'],
      ]),
    ).toBe('\uFEFF"Quand";"a;""b"""\r\n"\'=1+1";"\'-x"\r\n');
  });

  it('asks for a day from one local midnight to the next', () => {
    const { from, until } = queryOf({ ...everything, day: '2026-03-29' });
    expect(new Date(from ?? '').toLocaleTimeString('en-GB')).toBe('00:00:00');
    expect(new Date(until ?? '').toLocaleTimeString('en-GB')).toBe('00:00:00');
    expect(new Date(until ?? '').getDate()).toBe(30);
  });

  it('gathers every page', async () => {
    const ids = Array.from({ length: 7 }, (_, index) => 7 - index);
    type Audit = Parameters<typeof wholeJournal>[0]['staff'];
    const entry = (id: number) => ({
      id,
      at: '2026-01-01T00:00:00Z',
      actor: 'studio' as const,
      staffId: null,
      name: null,
      action: 'kept',
      portraitId: null,
      portrait: null,
      detail: {},
      about: null,
    });
    const audit = async ({ before = 99 }: { before?: unknown }) => {
      const left = ids.filter((id) => id < Number(before));
      return { entries: left.slice(0, 3).map(entry), more: left.length > 3 };
    };
    const all = await wholeJournal({ staff: { audit } as unknown as Audit }, everything);
    expect(all.map(({ id }) => id)).toEqual(ids);
  });
});

describe('the desk’s address', () => {
  it('is said in words, its fingerprint read in groups', () => {
    expect(spoken('https://192.168.4.12:7443', 'point')).toEqual({
      host: '192 point 168 point 4 point 12',
      port: '7443',
    });
    expect(inGroups('AB12CD34')).toEqual(['AB12', 'CD34']);
  });

  it('names the machines that use it as one would', () => {
    expect(deviceName('Mozilla/5.0 (iPad; CPU OS 17_0) AppleWebKit/605 Version/17 Safari/604')).toBe('Safari, iPad');
    expect(deviceName('Mozilla/5.0 (X11; Linux x86_64) Chrome/140 Safari/537')).toBe('Chrome, Linux');
    expect(deviceName('curl')).toBeUndefined();
  });
});

describe('an empty chair', () => {
  it('is told in seconds since the last touch', () => {
    let time = 0;
    const target = new EventTarget();
    const idle = watchIdle(target, () => time);
    time = 65_000;
    expect(idle()).toBe(65);
    target.dispatchEvent(new Event('keydown'));
    expect(idle()).toBe(0);
  });
});
