import { execFileSync, fork, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { projectRoot } from '../../electron/launch/paths.ts';
import { openDatabase } from '../../electron/studio/library/database.ts';
import { holdFolder } from '../../electron/studio/library/lock.ts';
import { languages } from '../../shared/domain/language.ts';
import { type StartProblem, sayStartProblem } from '../../shared/i18n/start.ts';
import { long } from '../fixtures/runs.ts';

/**
 * What keeps a booth from starting, each by its real cause, in both compositions as processes of their own. Writing is
 * stopped by what stops root too: a file system mounted read-only, one that is too small, the immutable bit. These need
 * root on Linux; elsewhere the tests say so and fail.
 */
const root = projectRoot();
const folder = mkdtempSync(join(tmpdir(), 'start-'));
const undo: (() => unknown)[] = [];
afterAll(async () => {
  for (const one of undo.reverse()) await one();
  rmSync(folder, { recursive: true });
});

const run = (command: string, ...args: string[]) =>
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });

/** A small file system of its own. */
function mounted(name: string, size: string): string {
  const place = join(folder, name);
  mkdirSync(place);
  run('mount', '-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', place);
  undo.push(() => run('umount', '--lazy', place));
  return place;
}

interface Cause {
  name: string;
  /** Makes it so in a folder of this name; answers what is to be said, and how to start there. */
  make: (name: string) => Promise<{ problem: StartProblem; root?: string; args?: string[]; after?: () => void }>;
  servedOnly?: boolean;
}

const filled = (place: string) => writeFileSync(join(place, 'films.mkv'), Buffer.alloc(900 * 1024));
const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

const causes: Cause[] = [
  {
    name: 'a folder on a read-only disk',
    async make(name) {
      const disk = mounted(name, '4m');
      mkdirSync(join(disk, 'data'));
      run('mount', '-o', 'remount,ro', disk);
      return { problem: { kind: 'readOnly', folder: join(disk, 'data') } };
    },
  },
  {
    name: 'a read-only disk on which the folder is to be made',
    async make(name) {
      const disk = mounted(name, '4m');
      run('mount', '-o', 'remount,ro', disk);
      return { problem: { kind: 'readOnly', folder: join(disk, 'data') } };
    },
  },
  {
    name: 'a library on a disk that has become read-only',
    async make(name) {
      const disk = mounted(name, '16m');
      mkdirSync(join(disk, 'data'));
      openDatabase(join(disk, 'data/library.db')).close();
      const before = sha256(join(disk, 'data/library.db'));
      run('mount', '-o', 'remount,ro', disk);
      const after = () => expect(sha256(join(disk, 'data/library.db'))).toBe(before);
      return { problem: { kind: 'readOnly', folder: join(disk, 'data') }, after };
    },
  },
  {
    name: 'a folder nobody may write to',
    async make(name) {
      const data = join(folder, name);
      mkdirSync(data);
      // Rights do not stop root; this bit does.
      run('chattr', '+i', data);
      undo.push(() => run('chattr', '-i', data));
      return { problem: { kind: 'readOnly', folder: data } };
    },
  },
  {
    name: 'a file in the place of the folder',
    async make(name) {
      const data = join(folder, name);
      writeFileSync(data, 'notes');
      return {
        problem: { kind: 'notAFolder', folder: data, obstacle: data },
        after: () => expect(readFileSync(data, 'utf8')).toBe('notes'),
      };
    },
  },
  {
    name: 'a file where a folder above should be',
    async make(name) {
      const file = join(folder, name);
      writeFileSync(file, 'notes');
      return { problem: { kind: 'notAFolder', folder: join(file, 'a/b'), obstacle: file } };
    },
  },
  {
    name: 'a disk that is full',
    async make(name) {
      const disk = mounted(name, '1m');
      filled(disk);
      return { problem: { kind: 'full', folder: join(disk, 'data') } };
    },
  },
  {
    name: 'a disk that is full, with a library on it',
    async make(name) {
      const disk = mounted(name, '2m');
      mkdirSync(join(disk, 'data'));
      openDatabase(join(disk, 'data/library.db')).close();
      filled(disk);
      return { problem: { kind: 'full', folder: join(disk, 'data') } };
    },
  },
  {
    name: 'another copy in the folder',
    async make(name) {
      const data = join(folder, name);
      undo.push(holdFolder(data));
      return { problem: { kind: 'inUse', folder: data } };
    },
  },
  {
    name: 'a library of a newer Phonomaton',
    async make(name) {
      const data = join(folder, name);
      mkdirSync(data);
      const newer = openDatabase(join(data, 'library.db'));
      newer.pragma('user_version = 9999');
      newer.close();
      const before = sha256(join(data, 'library.db'));
      const after = () => expect(sha256(join(data, 'library.db'))).toBe(before);
      return { problem: { kind: 'tooNew', folder: data }, after };
    },
  },
  {
    name: 'resources that are missing',
    make: async (name) => {
      const copy = withoutResources(name);
      return { problem: { kind: 'resources', folder: join(copy, 'resources') }, root: copy };
    },
  },
  {
    name: 'resources that are damaged',
    make: async (name) => {
      const copy = withoutResources(name);
      cpSync(join(root, 'resources/consent'), join(copy, 'resources/consent'), { recursive: true });
      mkdirSync(join(copy, 'resources/question-sets'));
      writeFileSync(join(copy, 'resources/question-sets/start.json'), '{"cooperatives": [');
      return { problem: { kind: 'resources', folder: join(copy, 'resources') }, root: copy };
    },
  },
  {
    name: 'a port that is taken',
    servedOnly: true,
    async make(name) {
      const server = createServer();
      await new Promise<Server>((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
      undo.push(() => server.close());
      const { port } = server.address() as { port: number };
      const data = join(folder, name);
      return { problem: { kind: 'portTaken', folder: data, port }, args: ['--port', String(port)] };
    },
  },
];

/** The program with its sources, and nothing of what belongs beside them. */
function withoutResources(name: string): string {
  const copy = join(folder, name);
  mkdirSync(copy);
  for (const part of ['electron', 'shared', 'node_modules', 'package.json'])
    symlinkSync(join(root, part), join(copy, part));
  return copy;
}

interface Ended {
  code: number | null;
  errors: string;
  output: string;
  told: unknown[];
}

/** Waits for the end of a process, at most twenty seconds: a silent one is what must not be. */
function endOf(child: ReturnType<typeof fork> | ReturnType<typeof spawn>): Promise<Ended> {
  const ended: Ended = { code: null, errors: '', output: '', told: [] };
  child.stderr?.on('data', (text) => {
    ended.errors += text;
  });
  child.stdout?.on('data', (text) => {
    ended.output += text;
  });
  child.on('message', (message) => ended.told.push(message));
  const impatient = setTimeout(() => child.kill('SIGKILL'), 20_000);
  return new Promise((resolve) => {
    child.on('close', (code) => {
      clearTimeout(impatient);
      resolve({ ...ended, code });
    });
  });
}

const locales = { fr: 'fr_FR.UTF-8', en: 'en_GB.UTF-8', nl: 'nl_BE.UTF-8' };
// A cause's language takes its turn in the usual run; in the long one each is said in all.
const table = causes.flatMap((cause, index) =>
  (long ? languages : [languages[index % languages.length] ?? 'fr']).map((language) => ({ ...cause, language })),
);
const blank = { LC_ALL: '', LC_MESSAGES: '', LANGUAGE: '', NODE_OPTIONS: '' };

test.each(table)('served: $name is said in $language', async ({ make, language, name }) => {
  const made = await make(`served-${name}-${language}`.replaceAll(/\W+/g, '-'));
  const data = made.root === undefined ? made.problem.folder : join(made.root, 'data');
  const script = join(root, 'tests/fixtures/start-served.ts');
  const child = spawn(process.execPath, [script, made.root ?? '', ...(made.args ?? ['--port', '0'])], {
    env: { ...process.env, ...blank, LANG: locales[language], PHONOMATON_DATA: data },
  });
  const { code, errors, output } = await endOf(child);
  expect(errors.trim()).toBe(`! ${sayStartProblem(made.problem, language).text}`);
  expect(code).toBe(1);
  expect(output).not.toContain('http');
  made.after?.();
});

test.each(table.filter(({ servedOnly }) => !servedOnly))(
  'under Electron: $name is said in $language in a dialog',
  async ({ make, language, name }) => {
    const made = await make(`electron-${name}-${language}`.replaceAll(/\W+/g, '-'));
    const data = made.root === undefined ? made.problem.folder : join(made.root, 'data');
    const signs = join(folder, `signs-${name}-${language}`);
    const links = made.root === undefined ? [] : ['--preserve-symlinks', '--preserve-symlinks-main'];
    const entry = join(made.root ?? root, 'electron/main.ts');
    const child = fork(join(root, 'tests/fixtures/electron/run.ts'), [entry], {
      execArgv: links,
      silent: true,
      env: {
        ...process.env,
        ...blank,
        STAND_IN_LANGUAGES: `${language}-BE`,
        PHONOMATON_DATA: data,
        PHONOMATON_SIGN: signs,
      },
    });
    const { code, errors, told } = await endOf(child);
    const { title, text } = sayStartProblem(made.problem, language);
    expect(told[0], errors).toEqual({ box: [title, text] });
    expect(code).toBe(1);
    expect(errors.trim()).toBe(text);
    expect(existsSync(signs) && readFileSync(signs, 'utf8')).toBe('opening\ntold\n');
    made.after?.();
  },
);
