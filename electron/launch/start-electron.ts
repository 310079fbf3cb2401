import { spawn } from 'node:child_process';
import type { StartOptions } from './start-options.ts';
import { say, warn } from './words.ts';

/** An Electron that ends badly within this did not come up: a library or its sandbox is missing. */
const comesUpMs = 10_000;

/**
 * Runs Electron on the built main process until it ends; answers its exit code, or null when it did not even come up.
 */
export async function runElectron(executable: string, root: string, options: StartOptions): Promise<number | null> {
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
  const begun = performance.now();
  let asked = false;
  const pass = (signal: NodeJS.Signals) => {
    asked = true;
    child.kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, pass);
  const code = await new Promise<number | null>((resolve) => {
    child.on('error', () => resolve(null));
    child.on('exit', resolve);
  });
  for (const signal of signals) process.off(signal, pass);
  if (asked || code === 0) return 0;
  return performance.now() - begun < comesUpMs ? null : (code ?? 1);
}
