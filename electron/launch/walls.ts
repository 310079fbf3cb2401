import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';

const parts = ['electron', 'renderer', 'shared', 'tests'];

/** A value import of Electron left in a file once its types are stripped. */
const electronValue = /(?:from\s*|import\s*\(?\s*|require\s*\(\s*)['"]electron(?:\/[^'"]*)?['"]/;

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
    const text = await readFile(join(root, source), 'utf8');
    if (electronValue.test(stripTypeScriptTypes(text))) lines.push(`electron-by-type-only: ${source} → electron`);
  }
  return lines;
}

if (import.meta.main) {
  const found = await breaches(join(import.meta.dirname, '../..'));
  for (const line of found) console.error(`  ${line}`);
  console.log(found.length === 0 ? 'Walls: all stand.' : `Walls: ${found.length} breached.`);
  process.exitCode = found.length === 0 ? 0 : 1;
}
