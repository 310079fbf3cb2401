import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface Need {
  /** What it is for, as told to the person at the terminal. */
  name: string;
  /** Debian packages that bring it. */
  debian: string[];
  /** Suites that cannot run whole without it. */
  suites: string[];
  present: () => boolean;
}

const onPath = (program: string) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, program)));

function modulesOfApache(): string[] {
  const folder = '/usr/lib/apache2/modules';
  return existsSync(folder) ? readdirSync(folder) : [];
}

/** PHP extensions WordPress asks for. */
const phpExtensions = ['mysqli', 'gd', 'xml', 'mbstring', 'curl'];
function phpHasAll(): boolean {
  if (!onPath('php')) return false;
  const { stdout } = spawnSync('php', ['-m'], { encoding: 'utf8' });
  const loaded = new Set((stdout ?? '').toLowerCase().split('\n'));
  return phpExtensions.every((extension) => loaded.has(extension));
}

/** Everything the tests use that npm does not bring. */
export const needs: Need[] = [
  {
    name: 'Chromium',
    debian: ['chromium'],
    suites: ['e2e'],
    present: () => Boolean(process.env.PHONOMATON_CHROMIUM) || onPath('chromium'),
  },
  { name: 'ffmpeg', debian: ['ffmpeg'], suites: ['integration', 'rig', 'e2e'], present: () => onPath('ffmpeg') },
  {
    name: 'espeak-ng',
    debian: ['espeak-ng'],
    suites: ['integration', 'rig', 'e2e'],
    present: () => onPath('espeak-ng'),
  },
  { name: 'Xvfb', debian: ['xvfb'], suites: ['e2e'], present: () => process.platform !== 'linux' || onPath('Xvfb') },
  {
    name: 'PulseAudio',
    debian: ['pulseaudio', 'pulseaudio-utils'],
    suites: ['e2e'],
    present: () => process.platform !== 'linux' || (onPath('pulseaudio') && onPath('pactl') && onPath('paplay')),
  },
  {
    name: 'WordPress',
    debian: ['wordpress'],
    suites: ['rig', 'e2e'],
    present: () => existsSync('/usr/share/wordpress/wp-load.php'),
  },
  {
    name: 'PHP',
    debian: ['php-cli', 'php-mysql', 'php-gd', 'php-xml', 'php-mbstring', 'php-curl'],
    suites: ['rig', 'e2e'],
    present: phpHasAll,
  },
  {
    name: 'Apache with PHP',
    debian: ['apache2', 'libapache2-mod-php'],
    suites: ['rig'],
    present: () => existsSync('/usr/sbin/apache2') && modulesOfApache().some((name) => /^libphp.*\.so$/.test(name)),
  },
  {
    name: 'MariaDB',
    debian: ['mariadb-server'],
    suites: ['rig', 'e2e'],
    present: () => onPath('mariadbd') || existsSync('/usr/sbin/mariadbd'),
  },
  { name: 'unzip', debian: ['unzip'], suites: ['integration', 'e2e'], present: () => onPath('unzip') },
  { name: 'curl', debian: ['curl'], suites: ['rig', 'e2e'], present: () => onPath('curl') },
];

/** What is missing for these suites. */
export function missingFor(suites: readonly string[], all: readonly Need[] = needs): Need[] {
  return all.filter((need) => need.suites.some((suite) => suites.includes(suite)) && !need.present());
}

/** Whether packages may be installed here: a root user on Debian or kin. */
export function mayInstall(): boolean {
  return process.getuid?.() === 0 && onPath('apt-get');
}

const guard = '/usr/sbin/policy-rc.d';

/** Installs Debian packages, one line of progress a package; answers whether apt was content. */
export async function install(packages: readonly string[]): Promise<boolean> {
  // apt must not start a database server of the system's own beside the tests' one.
  const guarded = !existsSync(guard);
  if (guarded) writeFileSync(guard, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    // A failed update need not matter: the lists at hand may do.
    await apt(['update']);
    const add = (names: readonly string[]) => apt(['install', '-y', '--no-install-recommends', ...names]);
    if (await add(packages)) return true;
    // One that cannot be had must not keep the others away.
    let all = true;
    for (const name of packages) all = (await add([name])) && all;
    return all;
  } finally {
    if (guarded) rmSync(guard, { force: true });
  }
}

function apt(args: string[]): Promise<boolean> {
  const child = spawn('apt-get', ['-o', 'DPkg::Lock::Timeout=600', '-o', 'Acquire::Retries=3', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' },
  });
  let rest = '';
  const troubles: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (/^(Get:\d+|Hit:\d+|Setting up) /.test(line)) console.log(`  ${line.slice(0, 110)}`);
        if (/^[EW]: /.test(line)) troubles.push(line);
      }
    });
  }
  return new Promise((resolve) => {
    child.on('error', () => resolve(false));
    child.on('close', (code) => {
      if (code !== 0) for (const line of troubles) console.error(`  ${line}`);
      resolve(code === 0);
    });
  });
}
