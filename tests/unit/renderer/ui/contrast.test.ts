import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('../../../../renderer/ui/tokens.css', import.meta.url), 'utf8');

/** Colours of one set, by token name. */
function tokens(theme: string): Map<string, string> {
  const block = new RegExp(`\\[data-theme="${theme}"\\] \\{([^}]*)\\}`).exec(css)?.[1] ?? '';
  return new Map(
    Array.from(block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g), (found) => [found[1] ?? '', found[2] ?? '']),
  );
}

/** Relative luminance, WCAG 2.2. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** Text on its ground, as the booth and the desk use them: 7:1 (WCAG AAA). */
const text = [
  ['ink', 'paper'],
  ['ink', 'raised'],
  ['ink', 'sunken'],
  ['ink-soft', 'paper'],
  ['ink-soft', 'raised'],
  ['on-invite', 'invite'],
  ['invite', 'on-invite'],
  ['on-panel', 'panel'],
  ['on-panel-soft', 'panel'],
  ['on-action', 'action'],
  ['on-on-air', 'on-air-deep'],
  ['voice', 'paper'],
  ['good-deep', 'paper'],
  ['good-deep', 'good-wash'],
  ['warn-deep', 'warn-wash'],
  ['bad-deep', 'bad-wash'],
  ['bad-deep', 'paper'],
  ['ink', 'warn-wash'],
  ['ink', 'good-wash'],
] as const;

/** Drawings and lines that carry meaning: 3:1 (WCAG 1.4.11). */
const drawn = [
  ['line', 'paper'],
  ['line', 'raised'],
  ['on-air', 'paper'],
  ['good', 'paper'],
  ['focus', 'paper'],
  ['focus', 'raised'],
] as const;

describe.each(['light', 'dark', 'contrast'])('the %s set', (theme) => {
  const set = tokens(theme);
  const colour = (name: string) => {
    const found = set.get(name);
    if (found === undefined) throw new Error(`no token --${name} in ${theme}`);
    return found;
  };

  test.each(text)('%s on %s carries text', (front, ground) => {
    expect(contrast(colour(front), colour(ground))).toBeGreaterThanOrEqual(7);
  });

  test.each(drawn)('%s on %s can be made out', (front, ground) => {
    expect(contrast(colour(front), colour(ground))).toBeGreaterThanOrEqual(3);
  });
});

test('the formula is the one of WCAG', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});
