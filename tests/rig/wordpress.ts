import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const script = join(import.meta.dirname, 'wordpress.sh');

export const accounts = ['kiosk', 'redacteur', 'auteur', 'contributeur', 'lecteur', 'patron'] as const;
export type Account = (typeof accounts)[number];

export interface WordPress {
  url: string;
  /** The editor's account. */
  user: string;
  password: string;
  /**
   * Application passwords of all accounts: kiosk and redacteur (editors), auteur (author), contributeur (contributor),
   * lecteur (subscriber), patron (administrator).
   */
  passwords: Record<Account, string>;
  /** The site's files. */
  www: string;
  /** Rows of a query on the site's database. */
  query(sql: string): Promise<string[][]>;
  /** How many rows of `wp_posts` have this type, in any status. */
  count(type: 'post' | 'attachment'): Promise<number>;
  stop(): Promise<void>;
}

export interface Options {
  /** Largest upload PHP takes, in MB. */
  uploadMb?: number;
  permalinks?: 'pretty' | 'plain';
  /** With the project's own plugin, active; kiosk is its booth, or nobody yet. */
  companion?: boolean | 'nobody';
}

/** Brings up a real WordPress on loopback; see wordpress.sh. Rejects with what it said when it cannot. */
export async function startWordPress(options: Options = {}): Promise<WordPress> {
  const folder = await mkdtemp(join(tmpdir(), 'wordpress-'));
  const env = {
    ...process.env,
    UPLOAD_MB: String(options.uploadMb ?? 64),
    PERMALINKS: options.permalinks ?? 'pretty',
    COMPANION: options.companion ? join(import.meta.dirname, '../../resources/wordpress/phonomaton-compagnon') : '',
    COMPANION_BOOTH: options.companion === 'nobody' ? 'nobody' : '',
  };
  await run(script, [folder, String(await freePort())], { env });
  const values = new Map<string, string>();
  for (const [, name = '', value = ''] of (await readFile(join(folder, 'env.sh'), 'utf8')).matchAll(
    /^export (\w+)='([^']*)'$/gm,
  )) {
    values.set(name, value);
  }
  const value = (name: string): string => {
    const found = values.get(name);
    if (found === undefined) throw new Error(`${name} is missing in ${folder}/env.sh`);
    return found;
  };
  const passwords = Object.fromEntries(
    accounts.map((account) => [account, value(`WORDPRESS_PASSWORD_${account.toUpperCase()}`)]),
  ) as Record<Account, string>;

  async function query(sql: string): Promise<string[][]> {
    const flags = ['--no-defaults', '-uroot', '-S', join(folder, 'db.sock'), '-N', '-B', 'wordpress', '-e', sql];
    const { stdout } = await run('mariadb', flags, { maxBuffer: 50_000_000 });
    const lines = stdout.split('\n').slice(0, -1);
    return lines.map((line) => line.split('\t'));
  }

  return {
    url: value('WORDPRESS_URL'),
    user: 'kiosk',
    password: passwords.kiosk,
    passwords,
    www: join(folder, 'www'),
    query,
    async count(type) {
      const [row] = await query(`SELECT count(*) FROM wp_posts WHERE post_type = '${type}'`);
      return Number(row?.[0]);
    },
    async stop() {
      await run(join(folder, 'stop.sh'));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
