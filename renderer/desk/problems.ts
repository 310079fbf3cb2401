import { ORPCError } from '@orpc/client';

/** What can go wrong with a call, as the interface tells it. */
export type Problem =
  | { kind: 'expected'; code: string; data: unknown }
  /** The door cannot be reached: the studio restarts, or the line is down. */
  | { kind: 'unreachable' }
  | { kind: 'fault' };

export function problemOf(error: unknown): Problem {
  if (error instanceof ORPCError) {
    return error.defined ? { kind: 'expected', code: error.code, data: error.data } : { kind: 'fault' };
  }
  return error instanceof TypeError ? { kind: 'unreachable' } : { kind: 'fault' };
}

/** The typed error's code, or undefined for anything else. */
export function codeOf(error: unknown): string | undefined {
  const problem = problemOf(error);
  return problem.kind === 'expected' ? problem.code : undefined;
}

/** One figure or word out of a typed error's data. */
export function dataOf(error: unknown, key: string): unknown {
  const problem = problemOf(error);
  if (problem.kind !== 'expected' || typeof problem.data !== 'object' || problem.data === null) return undefined;
  return (problem.data as Record<string, unknown>)[key];
}
