// First thing every command runs. Plain JavaScript that any Node can read: it speaks within a blink, and hands over to
// the project's own Node (24, which reads TypeScript) where an older one was found on the path.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const firstWords = {
  start: 'Phonomaton démarre… · Phonomaton is starting…',
  test: 'Phonomaton: tests, from system packages to the whole way.',
  pack: 'Phonomaton: package.',
  bench: 'Phonomaton: measurements.',
};
const [command, ...rest] = process.argv.slice(2);
if (!Object.hasOwn(firstWords, command)) {
  console.error(`usage: run.mjs ${Object.keys(firstWords).join('|')} [options]`);
  process.exit(2);
}
const here = import.meta.dirname ?? new URL('.', import.meta.url).pathname;

if (Number(process.versions.node.split('.')[0]) >= 24) {
  console.log(firstWords[command]);
  process.argv.splice(2, 1);
  await import(pathToFileURL(join(here, `${command}.ts`)).href);
} else {
  const own = ownNode();
  if (own === null) {
    console.error(`Il faut Node 24 : « npm ci » l'apporte. · Node 24 is needed; "npm ci" brings it.`);
    process.exit(2);
  }
  const child = spawn(own, [join(here, 'run.mjs'), command, ...rest], { stdio: 'inherit' });
  // The terminal sends Ctrl-C to both; this one only waits for the other.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 1));
}

/** @returns {string | null} path of the Node that the `node` package carries */
function ownNode() {
  try {
    const folder = join(createRequire(import.meta.url).resolve('node/package.json'), '..');
    const path = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}
