import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { shippedPackages } from '../../electron/launch/licences.ts';
import { projectRoot } from '../../electron/launch/paths.ts';
import { carriedFfmpegBuild, sbomFile } from '../../electron/launch/sbom.ts';
import { carriedFfmpeg } from '../../electron/studio/audio/find.ts';

const root = projectRoot();
const bom = JSON.parse(readFileSync(join(root, sbomFile), 'utf8'));
const named = (name: string) => bom.components.find((component: { name: string }) => component.name === name);

test('the list of what ships is up to date: npm run licences', () => {
  const listed = bom.components.map(
    (component: { name: string; version: string }) => `${component.name}@${component.version}`,
  );
  const programs = ['electron', 'ffmpeg', 'sqlite'].map((name) => `${name}@${named(name)?.version}`);
  const shipped = [...new Set(shippedPackages(root).map(({ name, version }) => `${name}@${version}`))];
  expect(listed.sort()).toEqual([...shipped, ...programs].sort());
});

test('it is CycloneDX, with a date, a version of ours, and a hash of each package', () => {
  expect(bom).toMatchObject({ bomFormat: 'CycloneDX', metadata: { component: { name: 'phonomaton' } } });
  expect(Date.parse(bom.metadata.timestamp)).not.toBeNaN();
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  expect(bom.metadata.component.version).toBe(packages[''].version);
  expect(named('electron').version).toBe(packages['node_modules/electron'].version);
  for (const component of bom.components) {
    if (component.type === 'library') expect(component.hashes?.length, component.name).toBeGreaterThan(0);
  }
});

test('the ffmpeg that is carried is the one it names', () => {
  expect(named('ffmpeg')).toMatchObject({ version: carriedFfmpegBuild.version });
  expect(named('ffmpeg').properties).toEqual([{ name: 'phonomaton:built', value: carriedFfmpegBuild.built }]);
  const path = carriedFfmpeg();
  if (path === null || process.platform !== 'linux' || process.arch !== 'x64') return;
  expect(spawnSync(path, ['-version'], { encoding: 'utf8' }).stdout).toContain(carriedFfmpegBuild.version);
});
