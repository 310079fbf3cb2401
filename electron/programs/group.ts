import { spawnSync } from 'node:child_process';

/** Programs that run now, by the number of their process, which is also the number of their group. */
const running = new Set<number>();

/** Ends a process and all it started, at once. Harmless when they are gone. */
export function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', `${pid}`, '/T', '/F'], { windowsHide: true, timeout: 5_000 });
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left in the group.
  }
}

function endAll(): void {
  for (const pid of running) killGroup(pid);
}

/** Notes a program, so that it ends with this process; the answer forgets it. */
export function noteRunning(pid: number | undefined): () => void {
  if (pid === undefined) return () => undefined;
  if (running.size === 0) process.on('exit', endAll);
  running.add(pid);
  return () => {
    running.delete(pid);
    if (running.size === 0) process.off('exit', endAll);
  };
}
