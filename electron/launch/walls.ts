import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import swc, { type ParseOptions } from '@swc/core';
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';

const parts = ['electron', 'renderer', 'shared', 'tests'];

/** A value import of Electron left in a file once its types are stripped. */
const electronValue = /(?:from\s*|import\s*\(?\s*|require\s*\(\s*)['"]electron(?:\/[^'"]*)?['"]/;

// dependency-cruiser lets swc read TypeScript, but never asks it for the dialect with JSX.
const parseFile = swc.parseFileSync;
Object.assign(swc, {
  parseFileSync: (path: string, options?: ParseOptions) =>
    parseFile(path, { ...options, syntax: 'typescript', tsx: path.endsWith('.tsx') }),
});

/**
 * Holds a source tree against `.dependency-cruiser.cjs` and answers one line a breach, in the order of the tree;
 * an empty list when every wall stands.
 *
 * @param root folder that holds electron/, renderer/, shared/ and tests/ (any of them may be missing)
 */
export async function breaches(root: string): Promise<string[]> {
  const { options, ...ruleSet } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs');
  const settings: ICruiseOptions = { ...options, ruleSet, validate: true, baseDir: root };
  const present = parts.filter((part) => existsSync(join(root, part)));
  const { output } = await cruise(present, settings, options.enhancedResolveOptions);
  const { modules, summary } = output as ICruiseResult;
  const lines = summary.violations.map(({ rule, from, to }) =>
    from === to ? `${rule.name}: ${from}` : `${rule.name}: ${from} → ${to}`,
  );

  // The parser does not tell types from values, so the shell's imports of Electron are looked at once more.
  for (const { source, dependencies } of modules) {
    const inShell = source.startsWith('electron/shell/') || source.startsWith('tests/');
    if (!inShell || !dependencies.some(({ module }) => module === 'electron')) continue;
    if (electronValue.test(withoutTypes(await readFile(join(root, source), 'utf8'))))
      lines.push(`electron-by-type-only: ${source} → electron`);
  }
  return lines;
}

function withoutTypes(text: string): string {
  return swc.transformSync(text, {
    jsc: { parser: { syntax: 'typescript', tsx: false }, target: 'es2024', transform: { verbatimModuleSyntax: true } },
  }).code;
}

if (import.meta.main) {
  const found = await breaches(join(import.meta.dirname, '../..'));
  for (const line of found) console.error(`  ${line}`);
  console.log(found.length === 0 ? 'Walls: all stand.' : `Walls: ${found.length} breached.`);
  process.exitCode = found.length === 0 ? 0 : 1;
}
