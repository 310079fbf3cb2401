import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import swc from '@swc/core';
import { projectRoot } from './paths.ts';

/** Folders whose imports end up in what is installed; the launchers do not. */
const shipped = ['renderer', 'shared', 'electron'];
const apart = ['electron/launch'];
/** The one launcher that the installed application uses too. */
const alsoShipped = ['electron/launch/paths.ts'];

interface Installed {
  name: string;
  version: string;
  license: string;
  text: string | null;
}

/** Names of the packages that the shipped sources import, types left out. */
function imported(root: string): Set<string> {
  const names = new Set<string>();
  for (const file of [...shipped.flatMap((folder) => sources(root, folder)), ...alsoShipped]) {
    const text = readFileSync(join(root, file), 'utf8');
    for (const source of file.endsWith('.css') ? [] : importedBy(text, file.endsWith('.tsx'))) {
      const name = /^(?:@[\w.-]+\/)?[a-z][\w.-]*/.exec(source)?.[0];
      if (name && !isBuiltin(source)) names.add(name);
    }
    for (const [, name] of text.matchAll(/@import ['"](@fontsource[\w-]*\/[\w-]+)/g)) if (name) names.add(name);
    for (const [, name] of text.matchAll(/createRequire\(import\.meta\.url\)\('([^']+)'\)/g)) if (name) names.add(name);
  }
  names.delete('electron');
  return names;
}

/** What a file imports or exports again by value. */
function importedBy(text: string, tsx: boolean): string[] {
  const { body } = swc.parseSync(text, { syntax: 'typescript', tsx });
  return body.flatMap((item) => {
    if (item.type === 'ImportDeclaration') return item.typeOnly ? [] : [item.source.value];
    if (item.type === 'ExportAllDeclaration') return [item.source.value];
    return item.type === 'ExportNamedDeclaration' && item.source && !item.typeOnly ? [item.source.value] : [];
  });
}

function sources(root: string, folder: string): string[] {
  if (apart.includes(folder) || !existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return sources(root, path);
    return /\.(tsx?|css)$/.test(entry.name) ? [path] : [];
  });
}

/** These packages and everything they need at run time, by the lock file, in the order of their names. */
function closure(root: string, names: Iterable<string>): Installed[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const found = new Map<string, Installed>();
  const visit = (name: string, from: string): void => {
    let place = `${from}/node_modules/${name}`.replace(/^\//, '');
    while (!packages[place] && place.includes('/node_modules/')) {
      const above = place.slice(0, place.lastIndexOf('/node_modules/'));
      const outer = above.lastIndexOf('node_modules/');
      place = `${outer > 0 ? `${above.slice(0, outer - 1)}/` : ''}node_modules/${name}`;
    }
    const entry = packages[place];
    if (!entry || found.has(place)) return;
    // Binaries for other platforms are in the lock file, but not here; they carry the same licence.
    const folder = join(root, place);
    found.set(place, {
      name,
      version: entry.version,
      license: entry.license ?? licenceOf(folder),
      text: licenceText(folder),
    });
    const peers = Object.keys(entry.peerDependencies ?? {}).filter(
      (peer) => !entry.peerDependenciesMeta?.[peer]?.optional,
    );
    const needs = { ...entry.dependencies, ...entry.optionalDependencies };
    for (const needed of [...Object.keys(needs), ...peers]) visit(needed, place);
  };
  for (const name of names) visit(name, '');
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function licenceOf(folder: string): string {
  const manifest = join(folder, 'package.json');
  const { license, licenses } = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')) : {};
  const named = license ?? licenses?.[0]?.type;
  return typeof named === 'string' ? named : 'see its text';
}

function licenceText(folder: string): string | null {
  const name = existsSync(folder) ? readdirSync(folder).find((file) => /^(licen[cs]e|copying)/i.test(file)) : undefined;
  return name ? readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim() : null;
}

/** What is installed of others' with a booth, by what the sources import. */
export const shippedPackages = (root: string): Installed[] => closure(root, imported(root));

/** The whole of THIRD-PARTY-LICENCES.md, made from the sources' imports, the lock file and the packages themselves. */
export function thirdParty(root: string = projectRoot()): string {
  const all = shippedPackages(root).filter(({ name }) => !name.startsWith('@ffmpeg-installer/'));
  const texts = Map.groupBy(
    all.filter(({ text }) => text !== null),
    ({ text }) => text,
  );
  const rows = all.map(({ name, version, license }) => `| ${name} | ${version} | ${license} |`);
  const chapters = [...texts].map(
    ([text, of]) => `### ${of.map(({ name }) => name).join(', ')}\n\n\`\`\`\n${text}\n\`\`\``,
  );
  return `# Third-party licences

Made by \`npm run licences\`; do not edit. Phonomaton itself is under the MIT licence (LICENSE). This page lists what an
installed booth carries besides.

## Programs

- **Electron**, under the MIT licence, with **Chromium**, Node.js and the libraries they carry. Their licences ship with
  the application, in \`LICENSE.electron.txt\` and \`LICENSES.chromium.html\`.
- **ffmpeg** (build N-47683-g0e8eb07980, December 2018, from the package @ffmpeg-installer/ffmpeg), under the GNU General
  Public License, version 3: \`resources/licences/GPL-3.0.txt\`. It is a program of its own, run beside Phonomaton and not
  linked with it, and it is used only where the machine has no newer one. Its source: https://ffmpeg.org and, for this
  build, https://www.johnvansickle.com/ffmpeg/.
- **SQLite**, in the public domain, inside better-sqlite3.

## Packages

| package | version | licence |
| --- | --- | --- |
${rows.join('\n')}

The fonts Bricolage Grotesque and Atkinson Hyperlegible Next are under the SIL Open Font License 1.1.

## Texts

${chapters.join('\n\n')}
`;
}

if (import.meta.main) {
  const root = projectRoot();
  writeFileSync(join(root, 'THIRD-PARTY-LICENCES.md'), thirdParty(root));
}
