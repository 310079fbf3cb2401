import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { shippedPackages } from './licences.ts';
import { projectRoot } from './paths.ts';

/** Where the list of what ships lies: CycloneDX, as programs that look for known holes read it. */
export const sbomFile = 'phonomaton.cdx.json';

interface Component {
  'bom-ref': string;
  name: string;
  version: string;
  scope?: string;
  properties?: { name: string; value: string }[];
  [more: string]: unknown;
}
interface Bom {
  serialNumber?: string;
  metadata: { timestamp?: string; tools: unknown; component: Component };
  components: Component[];
  dependencies: { ref: string; dependsOn?: string[] }[];
  [more: string]: unknown;
}

/** The ffmpeg that is carried where the machine has no newer one: all that its makers say of it. */
export const carriedFfmpegBuild = { version: 'N-47683-g0e8eb07980', built: '2018-12' } as const;

/** What ships and is no package of its own. */
function programs(root: string): Component[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const electron = packages['node_modules/electron'].version as string;
  const Database = createRequire(import.meta.url)('better-sqlite3');
  const sqlite = new Database(':memory:').prepare('SELECT sqlite_version()').pluck().get() as string;
  const component = (name: string, version: string, license: string, more: Partial<Component> = {}): Component => ({
    'bom-ref': `${name}@${version}`,
    type: 'application',
    name,
    version,
    scope: 'required',
    licenses: [{ license: { id: license } }],
    ...more,
  });
  const { version, built } = carriedFfmpegBuild;
  return [
    component('electron', electron, 'MIT', { purl: `pkg:npm/electron@${electron}` }),
    component('ffmpeg', version, 'GPL-3.0-only', {
      description:
        'Carried by @ffmpeg-installer/linux-x64; used only where the machine has none of release 5 or later.',
      properties: [{ name: 'phonomaton:built', value: built }],
    }),
    component('sqlite', sqlite, 'blessing', { description: 'Inside better-sqlite3.' }),
  ];
}

/** The list, made by npm from the lock file, of what ships alone: npm counts what is bundled among the tools. */
export function sbom(root: string = projectRoot()): Bom {
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--package-lock-only'];
  const text = execFileSync('npm', args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const bom: Bom = JSON.parse(text);
  const shipped = new Set(shippedPackages(root).map(({ name, version }) => `${name}@${version}`));
  bom.components = bom.components
    .filter((component) => shipped.has(component['bom-ref']))
    .map((component) => ({ ...component, scope: 'required', properties: [] }));
  const own = bom.metadata.component;
  own.name = 'phonomaton';
  const kept = new Set([own['bom-ref'], ...shipped]);
  bom.dependencies = bom.dependencies
    .filter(({ ref }) => kept.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((needed) => kept.has(needed)) }));
  bom.components.push(...programs(root));
  return bom;
}

/** Writes it; the date and number of one that says the same stay as they were. */
function writeSbom(root: string): void {
  const path = join(root, sbomFile);
  const made = sbom(root);
  try {
    const before: Bom = JSON.parse(readFileSync(path, 'utf8'));
    if (
      JSON.stringify([before.components, before.dependencies]) === JSON.stringify([made.components, made.dependencies])
    )
      return;
  } catch {
    // There is none yet, or none that can be read.
  }
  writeFileSync(path, `${JSON.stringify(made, null, 2)}\n`);
}

if (import.meta.main) writeSbom(projectRoot());
