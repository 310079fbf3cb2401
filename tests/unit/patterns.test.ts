import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import swc from '@swc/core';
import { check } from 'recheck';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** What an installed booth runs; the launchers read nothing but this project. */
const folders = ['shared', 'renderer', 'electron'];
const launchers = 'electron/launch/';

/** Patterns that are put together while running, each with what keeps it harmless. */
const puttogether: Record<string, string> = {
  'electron/studio/audio/find.ts': 'names of encoders from a list of this program, each after the beginning of a line',
};

interface Pattern {
  source: string;
  flags: string;
}

function sources(): string[] {
  return folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
    )
    .filter((file) => /\.tsx?$/.test(file) && !file.startsWith(launchers));
}

/** Every pattern of a text of TypeScript, and whether one is put together in it. */
function patternsOf(text: string, tsx: boolean): { patterns: Pattern[]; made: boolean } {
  const patterns: Pattern[] = [];
  let made = false;
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, pattern, flags, callee } = node as Record<string, unknown> & { callee?: { value?: unknown } };
    if (type === 'RegExpLiteral') patterns.push({ source: String(pattern), flags: String(flags) });
    if ((type === 'NewExpression' || type === 'CallExpression') && callee?.value === 'RegExp') made = true;
    for (const part of Object.values(node)) visit(part);
  };
  visit(swc.parseSync(text, { syntax: 'typescript', tsx }));
  return { patterns, made };
}

/** What is slow about a pattern: how its steps grow, and a text that makes them; null where they grow with the text. */
async function slowness({ source, flags }: Pattern): Promise<string | null> {
  // A search that went through every state is exact; for the few too large for that, attacks are tried.
  const found = await check(source, flags, { timeout: 120_000, attackTimeout: 10_000 });
  if (found.status === 'safe') return null;
  return found.status === 'vulnerable'
    ? `${found.complexity.summary}: ${found.attack.pattern}`
    : `unknown: ${found.error.kind}`;
}

describe('patterns', () => {
  it('look at a text once, wherever it comes from', async () => {
    const all = new Map<string, { pattern: Pattern; files: string[] }>();
    const made: string[] = [];
    for (const file of sources()) {
      const found = patternsOf(readFileSync(join(root, file), 'utf8'), file.endsWith('x'));
      if (found.made) made.push(file);
      for (const pattern of found.patterns) {
        const key = `/${pattern.source}/${pattern.flags}`;
        const before = all.get(key)?.files ?? [];
        all.set(key, { pattern, files: [...before, file] });
      }
    }
    expect(all.size).toBeGreaterThan(100);
    expect(made.sort()).toEqual(Object.keys(puttogether).sort());
    const slow: string[] = [];
    for (const [key, { pattern, files }] of all) {
      const why = await slowness(pattern);
      if (why !== null) slow.push(`${key} in ${files.join(', ')} is ${why}`);
    }
    expect(slow).toEqual([]);
  }, 600_000);

  it.each([
    String.raw`const a = text.replace(/\{\\[^}]*\}/g, '');`,
    'const a = /(a+)+$/.test(text);',
    String.raw`const a = text.replace(/\s+$/, '');`,
    'const a = text.match(/<[^>]*>/g);',
    String.raw`const a = /^(\w+\s?)*$/;`,
  ])('are found where they do not: %s', async (line) => {
    const [pattern] = patternsOf(line, false).patterns;
    expect(pattern && (await slowness(pattern))).toMatch(/polynomial|exponential/);
  });
  it('that are put together are found too', () => {
    expect(patternsOf(`const a = new RegExp('(' + name + ')+');`, false).made).toBe(true);
    expect(patternsOf(`const a = RegExp(name);`, false).made).toBe(true);
  });
});
