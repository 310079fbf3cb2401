/**
 * What became of a program that did not do its work. `notThere`: there is no such file; `mayNotRun`: it is there and may
 * not be run, or is no program; `died`: it ended with an exit code other than 0, or by a signal; `hung`: it said and took
 * nothing for too long, or did not end in time; `saidNonsense`: it said more than it can have to say, or something else.
 */
export const programFailures = ['notThere', 'mayNotRun', 'died', 'hung', 'saidNonsense'] as const;
export type ProgramFailure = (typeof programFailures)[number];

/** A program failed; the message carries its name and the last it said. */
export class ProgramFailed extends Error {
  override readonly name = 'ProgramFailed';
  readonly failure: ProgramFailure;
  readonly program: string;
  /** The end of what it said on its error stream, at most a few lines. */
  readonly said: string;
  /** Its exit code, where it ended by itself. */
  readonly exitCode: number | null;

  constructor(
    failure: ProgramFailure,
    program: string,
    facts: { why?: string; said?: string; exitCode?: number | null; cause?: unknown } = {},
  ) {
    const said = lastLines(facts.said ?? '');
    const parts = [failure, facts.why ?? '', said].filter((part) => part !== '');
    super(`${program}: ${parts.join(': ')}`, { cause: facts.cause });
    this.failure = failure;
    this.program = program;
    this.said = said;
    this.exitCode = facts.exitCode ?? null;
  }
}

/** Characters a person can do something with. */
const mostSaid = 500;

function lastLines(text: string): string {
  const lines = text.split(/\r?\n|\r/).map((line) => printable(line).trim());
  return lines
    .filter((line) => line !== '')
    .slice(-4)
    .join(' · ')
    .slice(-mostSaid);
}

/** Without the control characters garbage is made of. */
const printable = (text: string) => text.replace(/[\p{Cc}\p{Cf}\ufffd]+/gu, ' ');

/** How a program that could not be started failed, by the system's code. */
export function startFailure(code: string | undefined): ProgramFailure {
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP') return 'notThere';
  // Windows says UNKNOWN of a file that is no program.
  if (code !== undefined && ['EACCES', 'EPERM', 'ENOEXEC', 'ETXTBSY', 'EISDIR', 'UNKNOWN'].includes(code)) {
    return 'mayNotRun';
  }
  return 'died';
}
