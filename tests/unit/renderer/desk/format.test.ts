import { describe, expect, it } from 'vitest';
import { createFormat, duration } from '../../../../renderer/desk/format.ts';

const now = () => new Date('2026-04-14T12:00:00Z');
const fr = createFormat('fr', 'Europe/Paris', now);
const en = createFormat('en', 'Europe/Paris', now);
const nl = createFormat('nl', 'Europe/Paris', now);
const plain = (text: string | undefined) => text?.replace(/[\u00a0\u202f]/g, ' ');

describe('durations', () => {
  it.each([
    [0, '0:00'],
    [59.4, '0:59'],
    [59.6, '1:00'],
    [64, '1:04'],
    [3727, '1:02:07'],
    [-1, '0:00'],
  ])('%s s is %s', (seconds, text) => expect(duration(seconds)).toBe(text));
});

describe('dates and times', () => {
  it('are written as each language writes them', () => {
    expect(plain(fr.moment('2026-04-14T09:42:00Z'))).toBe('14 avril, 11 h 42');
    expect(plain(en.moment('2026-04-14T09:42:00Z'))).toBe('14 April, 11:42');
    expect(plain(nl.moment('2026-04-14T09:42:00Z'))).toBe('14 april, 11:42');
  });
  it('keeps the French hour with its minutes on one line', () => {
    expect(fr.time('2026-04-14T07:05:00Z')).toBe('9\u00a0h\u00a005');
  });
  it('names the year when it is not this one', () => {
    expect(plain(fr.day('2023-04-14T09:42:00Z'))).toBe('14 avril 2023');
  });
  it('counts days by the local calendar, not by hours', () => {
    expect(fr.daysAgo('2026-04-14T11:00:00Z')).toBe(0);
    // 23:30 in Paris the day before, though less than 15 hours ago.
    expect(fr.daysAgo('2026-04-13T21:30:00Z')).toBe(1);
    expect(fr.dayKey('2026-04-13T22:30:00Z')).toBe('2026-04-14');
  });
  it('says when the next try is, and nothing when it is now', () => {
    expect(plain(fr.until('2026-04-14T12:01:30Z'))).toBe('dans 2 minutes');
    expect(plain(en.until('2026-04-14T12:00:20Z'))).toBe('in 20 seconds');
    expect(plain(nl.until('2026-04-14T14:00:00Z'))).toBe('over 2 uur');
    expect(fr.until('2026-04-14T11:59:59Z')).toBeUndefined();
  });
});

describe('figures', () => {
  it('use the language’s comma and a true minus', () => {
    expect(fr.decimal(-16)).toBe('−16,0');
    expect(en.decimal(-1.25)).toBe('−1.3');
    expect(fr.signed(7.4)).toBe('+7,4');
    expect(fr.position(72.34)).toBe('1:12,3');
    expect(en.position(59.96)).toBe('1:00.0');
  });
  it('rounds waiting times up', () => {
    expect(plain(fr.wait(11.2))).toBe('12 s');
    expect(plain(fr.wait(61))).toBe('2 min');
  });
  it('tells room in minutes, then in hours', () => {
    expect(plain(fr.room(45))).toBe('45 min');
    expect(plain(fr.room(2480))).toBe('41 h');
  });
});
