import { spawn } from 'node:child_process';
import type { StartOptions } from './start-options.ts';
import { say, warn } from './words.ts';

/** Runs Electron on the built main process until it ends; answers its exit code. */
export async function runElectron(executable: string, root: string, options: StartOptions): Promise<number> {
  const args = [root];
  if (process.getuid?.() === 0) {
    warn('Lancé en root : sans bac à sable.', 'Started as root: without the sandbox.');
    args.unshift('--no-sandbox');
  }
  if (options.demo) args.push('--demo');
  if (options.display !== null) args.push(`--booth-display=${options.display}`);
  say('La cabine s’ouvre ; Ctrl-C pour finir.', 'The booth opens; Ctrl-C ends it.');
  // Set by some editors' terminals; it would turn Electron into a plain Node.
  const { ELECTRON_RUN_AS_NODE: _, ...environment } = process.env;
  const child = spawn(executable, args, { stdio: 'inherit', env: environment });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)));
  });
}
