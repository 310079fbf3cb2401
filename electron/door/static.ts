import { extname, join, posix, sep } from 'node:path';
import { answerFile } from './media.ts';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.wav': 'audio/wav',
  '.wasm': 'application/wasm',
};

/** Nothing but our own files; sound from memory (blob:) for the listen-back; inline styles for the waveform's shadow root. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self' blob:",
  "media-src 'self' blob: data:",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const pages = {
  all: { '/': 'index.html', '/desk': 'desk.html' },
  // The two pages share parts, so all of those are there; the booth's page and its sounds are not.
  desk: { '/': 'desk.html', '/desk': 'desk.html' },
} as const satisfies Record<string, Record<string, string>>;

const notFound = () => new Response('not found', { status: 404 });

/** The built interface and the sounds that ship with it; anything that leads out of those two folders is not found. */
export function createStatic(folders: { renderer: string; sounds: string }, shown: keyof typeof pages = 'all') {
  const named: Record<string, string> = pages[shown];
  return async function answer(request: Request, url: URL): Promise<Response> {
    if (request.method !== 'GET' && request.method !== 'HEAD') return new Response(null, { status: 405 });
    let path: string;
    try {
      path = decodeURIComponent(url.pathname);
    } catch {
      return notFound();
    }
    // A file has one address: no doubled or written-out slash, no step back, no backslash of Windows, no NUL.
    if (path.includes('\0') || path.includes('\\') || posix.normalize(path) !== path) return notFound();
    const sound = path.startsWith('/sounds/');
    if (shown === 'desk' && sound) return notFound();
    const root = sound ? folders.sounds : folders.renderer;
    const name = named[path] ?? (sound ? path.slice('/sounds/'.length) : path.slice(1));
    const file = join(root, name);
    if (!file.startsWith(root + sep)) return notFound();
    // What is shown is decided by the file that would be answered, whatever it was asked by; some disks know no capitals.
    const page = extname(name).toLowerCase() === '.html';
    if (page && shown === 'desk' && name !== named['/']) return notFound();
    const type = types[extname(file)];
    if (type === undefined) return notFound();
    const headers: Record<string, string> = {
      'content-type': type,
      // Vite names assets by their hash, so only those may be kept.
      'cache-control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    };
    if (type.startsWith('text/html')) headers['content-security-policy'] = policy;
    return answerFile(request, file, headers);
  };
}
