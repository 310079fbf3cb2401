import { build, isStale } from '../../electron/launch/build.ts';
import { projectRoot } from '../../electron/launch/paths.ts';

/** The pages are tested as they are built; a source newer than them builds them again. */
export default async function setup(): Promise<void> {
  const root = projectRoot();
  if (isStale(root)) await build(root);
}
