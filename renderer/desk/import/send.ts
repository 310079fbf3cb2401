import { type ImportProblem, importPath, importRefusals } from '../../../shared/domain/importing.ts';
import type { Language } from '../../../shared/domain/language.ts';

/** How bringing a file to the studio ended. `unreachable`: no answer came. */
export type Sent =
  | { ok: true; portraitId: string }
  | { ok: false; problem: ImportProblem | 'unreachable' | 'fault' | 'cancelled' };

export interface SendOptions {
  about: { title: string; language: Language };
  signal: AbortSignal;
  /** Bytes that have left so far; all of them, once the studio has the whole file and reads it. */
  onSent(bytes: number): void;
}
export type SendSound = (file: Blob, options: SendOptions) => Promise<Sent>;

/** Brings sound files to the door; never rejects. Not by fetch, which does not tell how far a body has come. */
export function soundSender(headers: () => Record<string, string>): SendSound {
  return (file, { about, signal, onSent }) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve({ ok: false, problem: 'cancelled' });
      const request = new XMLHttpRequest();
      const stop = () => request.abort();
      const end = (sent: Sent) => {
        signal.removeEventListener('abort', stop);
        resolve(sent);
      };
      signal.addEventListener('abort', stop);
      request.upload.onprogress = ({ loaded }) => onSent(Math.min(loaded, file.size));
      request.upload.onload = () => onSent(file.size);
      request.onload = () => end(readAnswer(request.status, request.responseText));
      request.onerror = () => end({ ok: false, problem: 'unreachable' });
      request.onabort = () => end({ ok: false, problem: 'cancelled' });
      request.open('PUT', `${importPath}?${new URLSearchParams(about)}`);
      for (const [name, value] of Object.entries(headers())) request.setRequestHeader(name, value);
      request.send(file);
    });
}

/** What the door said of a file. */
export function readAnswer(status: number, body: string): Sent {
  let answer: { portraitId?: unknown; code?: unknown };
  try {
    answer = JSON.parse(body);
  } catch {
    return { ok: false, problem: 'fault' };
  }
  if (status === 200 && typeof answer.portraitId === 'string') return { ok: true, portraitId: answer.portraitId };
  return { ok: false, problem: importRefusals.find((code) => code === answer.code) ?? 'fault' };
}
