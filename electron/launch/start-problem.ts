import type { StartProblem } from '../../shared/i18n/start.ts';

/** Where a start had got to. */
export interface StartPlace {
  dataDir: string;
  resourcesDir: string;
  /** Port asked for, where there is one. */
  port?: number;
}

/**
 * What keeps a booth from starting, by the name or the code of the error it met. Errors are known by their names: the
 * launcher may not import the studio that throws them before it is built.
 */
export function startProblem(error: unknown, { dataDir: folder, resourcesDir, port }: StartPlace): StartProblem {
  const { name, message, code, path, trouble, obstacle } = factsOf(error);
  if (name === 'FolderInUse') return { kind: 'inUse', folder };
  if (name === 'DatabaseFromTheFuture') return { kind: 'tooNew', folder };
  if (name === 'ResourcesUnusable' || path.startsWith(resourcesDir)) return { kind: 'resources', folder: resourcesDir };
  if (name === 'FolderUnusable') {
    if (trouble === 'notAFolder') return { kind: trouble, folder, obstacle };
    if (trouble === 'cannotMake') return { kind: trouble, folder, detail: causeOf(error) };
    if (trouble === 'readOnly' || trouble === 'full') return { kind: trouble, folder };
  }
  if (code === 'EADDRINUSE' && port !== undefined) return { kind: 'portTaken', folder, port };
  // The disk may fill up, or be locked, after the folder was tried.
  if (['ENOSPC', 'EDQUOT', 'SQLITE_FULL'].includes(code)) return { kind: 'full', folder };
  if (['EROFS', 'EACCES', 'EPERM'].includes(code) || code.startsWith('SQLITE_READONLY')) {
    return { kind: 'readOnly', folder };
  }
  return { kind: 'unknown', folder, detail: oneLine(message) };
}

function factsOf(error: unknown) {
  const facts = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>;
  const text = (key: string) => (typeof facts[key] === 'string' ? facts[key] : '');
  return {
    name: text('name'),
    message: error instanceof Error ? error.message : String(error ?? '?'),
    code: text('code'),
    path: text('path'),
    trouble: text('trouble'),
    obstacle: text('obstacle'),
  };
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return oneLine(cause instanceof Error ? cause.message : String(cause ?? ''));
}

/** A sentence has room for one line. */
function oneLine(text: string): string {
  return (text.split(/\r?\n/, 1)[0] ?? '').trim().slice(0, 200);
}
