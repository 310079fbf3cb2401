import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FolderInUse, holdFolder } from '../../../electron/studio/library/lock.ts';
import { tempFolder } from './lives.ts';

const lockModule = join(import.meta.dirname, '../../../electron/studio/library/lock.ts');

it('lets one studio into a folder, and the next one as soon as the first is dead', async () => {
  const dir = join(tempFolder(), 'data');
  // Kept on purpose: a handle nobody holds would be closed by the garbage collector.
  const script = `import { holdFolder } from ${JSON.stringify(lockModule)};
    globalThis.release = holdFolder(${JSON.stringify(dir)}); console.log('held'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await once(child.stdout, 'data');
    expect(() => holdFolder(dir)).toThrow(FolderInUse);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const release = holdFolder(dir);
    expect(() => holdFolder(dir)).toThrow(FolderInUse);
    release();
    holdFolder(dir)();
    expect(statSync(dir).mode & 0o077).toBe(0);
  } finally {
    child.kill('SIGKILL');
    rmSync(dir, { recursive: true, force: true });
  }
});
