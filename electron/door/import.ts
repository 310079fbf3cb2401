import { type ImportRefusal, importAbout } from '../../shared/contract/import.ts';
import { importLimit } from '../../shared/domain/importing.ts';
import type { Studio } from '../studio/studio.ts';
import { actorOf, type Caller } from './api/base.ts';

const statuses: Record<ImportRefusal['code'], number> = {
  INVALID: 400,
  NOT_ALLOWED: 403,
  TOO_LARGE: 413,
  TOO_LONG: 413,
  NOT_A_SOUND: 415,
  NO_FFMPEG: 503,
  FFMPEG_FAILED: 503,
  DISK_FULL: 507,
};

const refuse = (code: ImportRefusal['code']): Response =>
  Response.json({ code } satisfies ImportRefusal, { status: statuses[code] });

/** Takes a sound file in (see the contract): only from a signed-in host, and never more of it than is allowed. */
export async function answerImport(
  studio: Pick<Studio, 'importSound' | 'changes'>,
  caller: Pick<Caller, 'role' | 'staff'>,
  request: Request,
  url: URL,
): Promise<Response> {
  if (request.method !== 'PUT') return new Response(null, { status: 405, headers: { allow: 'PUT' } });
  if (caller.role === 'visitor') return refuse('NOT_ALLOWED');
  const about = importAbout.safeParse(Object.fromEntries(url.searchParams));
  if (!about.success || request.body === null) return refuse('INVALID');
  if (Number(request.headers.get('content-length') ?? 0) > importLimit) return refuse('TOO_LARGE');
  const taken = await studio.importSound(request.body, about.data, actorOf(caller), request.signal);
  if (!taken.ok) return refuse(taken.code);
  studio.changes.note('portraits');
  return Response.json({ portraitId: taken.portraitId });
}
