import { describe, expect, it } from 'vitest';
import { createPace, usualPace } from '../../../electron/door/lan/pace.ts';

describe('the pace of the network', () => {
  it('lets a desk open, and slows who hammers, each machine by itself', () => {
    let time = 0;
    const pace = createPace(usualPace, () => time);
    const heard = (address: string, times: number) =>
      Array.from({ length: times }, () => pace.allowed(address)).filter(Boolean).length;
    expect(heard('a', 1000)).toBe(usualPace.burst);
    expect(heard('b', 30)).toBe(30);
    time += 1000;
    expect(heard('a', 1000)).toBe(usualPace.perSecond);
  });

  it('works on few at once, lets some wait and sends the rest away', async () => {
    const pace = createPace({ ...usualPace, atOnce: 2, waiting: 3 }, () => 0);
    let running = 0;
    let most = 0;
    const gate = Promise.withResolvers<void>();
    const answers = Array.from({ length: 8 }, () =>
      pace.turn(async () => {
        running += 1;
        most = Math.max(most, running);
        await gate.promise;
        running -= 1;
        return 'done';
      }),
    );
    gate.resolve();
    const settled = await Promise.all(answers);
    expect(settled.filter((answer) => answer === 'done')).toHaveLength(5);
    expect(settled.filter((answer) => answer === undefined)).toHaveLength(3);
    expect(most).toBe(2);
  });

  it('remembers a bounded number of machines', () => {
    const pace = createPace({ ...usualPace, burst: 1, machines: 2 }, () => 0);
    for (const address of ['a', 'b', 'c']) expect(pace.allowed(address)).toBe(true);
    expect(pace.allowed('c')).toBe(false);
    expect(pace.allowed('a')).toBe(true);
  });
});
