import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, isStale } from '../../electron/launch/build.ts';
import { projectRoot } from '../../electron/launch/paths.ts';
import { keepDemoIn } from '../fixtures/desk-rig.ts';

/**
 * The pages are tested as they are built; a source newer than them builds them again. The demonstration is made once,
 * and every desk that wants it begins with a copy.
 */
export default async function setup(): Promise<() => void> {
  const root = projectRoot();
  if (isStale(root)) await build(root);
  const dir = mkdtempSync(join(tmpdir(), 'phonomaton-demo-'));
  await keepDemoIn(dir);
  return () => rmSync(dir, { recursive: true, force: true });
}
