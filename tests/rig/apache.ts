import { execFile, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort, type WordPress } from './wordpress.ts';

const run = promisify(execFile);
const modules = '/usr/lib/apache2/modules';
/** Debian names PHP's module by its version. */
const phpModule = 'ls /usr/lib/apache2/modules/libphp*.so | tail -n 1';
const loaded = ['mpm_prefork', 'authn_core', 'authn_file', 'authz_core', 'authz_host', 'authz_user', 'auth_basic'];
const alsoLoaded = ['access_compat', 'alias', 'dir', 'env', 'mime', 'headers', 'rewrite', 'setenvif'];

export interface Host {
  /** Lines of its configuration; `@name@` is the address of another host, `@folder@` that of the server's own files. */
  conf?: string;
  /** What the rig's plugin does on it; see wordpress/trouble.php. */
  trouble?: string;
  /** Its files; WordPress where nothing is said. */
  root?: string;
}

export interface Apache<Name extends string> {
  url(name: Name): string;
  stop(): Promise<void>;
}

/**
 * A real Apache with PHP on loopback, in front of the rig's WordPress: one site by many names, each configured to be in
 * one kind of trouble. All of its files lie in a folder of its own.
 */
export async function startApache<Name extends string>(
  site: WordPress,
  hosts: Record<Name, Host>,
  files: Record<string, string> = {},
): Promise<Apache<Name>> {
  const folder = await mkdtemp(join(tmpdir(), 'apache-'));
  const names = Object.keys(hosts) as Name[];
  const ports = new Map<Name, number>();
  for (const name of names) ports.set(name, await freePort());
  const url = (name: Name) => `http://127.0.0.1:${ports.get(name)}`;

  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  await writeFile(join(site.www, 'wp-content/mu-plugins/trouble.php'), await readTrouble());
  // Its workers give up root, and have to read the site and write its sounds.
  for (const open of [folder, join(site.www, '..')]) await chmod(open, 0o755);
  await run('chmod', ['-R', 'a+rwX', join(site.www, 'wp-content/uploads')]);

  const hostLines = names.map((name) => {
    const { conf = '', trouble = '', root = site.www } = hosts[name];
    const filled = conf.replace(/@folder@/g, folder).replace(/@(\w+)@/g, (_, other) => url(other as Name));
    return `Listen 127.0.0.1:${ports.get(name)}
<VirtualHost 127.0.0.1:${ports.get(name)}>
  DocumentRoot "${root.replace(/@folder@/g, folder)}"
  SetEnv RIG_TROUBLE "${trouble}"
  ${root === site.www ? 'FallbackResource /index.php' : ''}
  ${filled}
</VirtualHost>`;
  });
  const conf = join(folder, 'apache.conf');
  await writeFile(
    conf,
    `${[...loaded, ...alsoLoaded].map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`).join('\n')}
LoadModule php_module ${(await run('sh', ['-c', phpModule])).stdout.trim()}
ServerName localhost
${process.getuid?.() === 0 ? 'User www-data\nGroup www-data' : ''}
PidFile ${folder}/apache.pid
ErrorLog ${folder}/error.log
DefaultRuntimeDir ${folder}
Mutex file:${folder}
TypesConfig /etc/mime.types
StartServers 2
MinSpareServers 1
MaxRequestWorkers 8
AddHandler application/x-httpd-php .php
DirectoryIndex index.php index.html
php_admin_flag display_errors off
<Directory />
  AllowOverride None
  Require all granted
</Directory>
${hostLines.join('\n')}
`,
  );
  // Apache ends its whole process group when it is ended: it must not be ours.
  const server = spawn('apache2', ['-f', conf, '-DFOREGROUND'], { stdio: 'ignore', detached: true });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const first = names[0];
  for (let tries = 0; first !== undefined; tries++) {
    const answers = await fetch(url(first), { redirect: 'manual' }).then(
      () => true,
      () => false,
    );
    if (answers) break;
    if (server.exitCode !== null || tries > 300) {
      throw new Error(`Apache does not answer: ${await readFile(`${folder}/error.log`, 'utf8').catch(() => '')}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    url,
    async stop() {
      server.kill('SIGTERM');
      await ended;
      await rm(join(site.www, 'wp-content/mu-plugins/trouble.php'), { force: true });
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function readTrouble(): Promise<string> {
  return readFile(join(import.meta.dirname, 'wordpress/trouble.php'), 'utf8');
}
