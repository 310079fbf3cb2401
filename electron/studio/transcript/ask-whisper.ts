import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { ProgramFailed } from '../../programs/failure.ts';
import { type ProgramLimits, runProgram } from '../../programs/run.ts';

/** It answers at once when it is what it should be, in milliseconds. */
export const helpWithin = 10_000;
/** Bytes. */
const mostHelp = { outputBytes: 256 * 1024, errorBytes: 256 * 1024 };
/** A text of its help, which every build has in it. */
export const whisperMark = '--output-json';

/** Whether a program's help is that of whisper.cpp's command line. */
export async function saysWhisper(program: string, within = helpWithin): Promise<boolean> {
  let help = '';
  const hear = (line: string) => {
    help += `${line}\n`;
  };
  const limits: ProgramLimits = { silentMs: within, totalMs: within, ...mostHelp };
  await runProgram({ program, args: ['--help'], limits, onLine: hear }).catch((error: unknown) => {
    // Older ones end with an exit code of their own after their help.
    if (!(error instanceof ProgramFailed)) throw error;
    if (error.failure !== 'died') help = '';
  });
  return help.includes(whisperMark) && help.includes('--model');
}

/** First bytes of a model: ggml's magic number as a little-endian machine writes it, and GGUF's. */
const modelHeads = ['lmgg', 'GGUF'];

/** Whether a file begins as a model does. Only plain files are opened: asking a device may do something. */
export async function isModel(path: string): Promise<boolean> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch(() => undefined);
  if (file === undefined) return false;
  try {
    if (!(await file.stat()).isFile()) return false;
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && modelHeads.includes(buffer.toString('latin1'));
  } catch {
    return false;
  } finally {
    await file.close().catch(() => undefined);
  }
}
