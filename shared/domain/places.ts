/**
 * Why a program, a model or a printer of the booth's machine is not taken. What is not there and what is something else are
 * one answer: it does not tell which paths exist.
 */
export const placeProblems = [
  'notAbsolute',
  'notThatProgram',
  /** It is one, but others could change it. */
  'openToOthers',
  /** It is one by its looks, and does not answer. */
  'noAnswer',
  'notAModel',
  'notAPrinter',
] as const;
export type PlaceProblem = (typeof placeProblems)[number];

/** A printer as the system lists it: what to store, and what a person knows it by. */
export interface ListedPrinter {
  path: string;
  name: string;
}

/** A printer that Windows shares by name. A server's name begins with a letter or digit: `\\.\` leads to its devices. */
const sharedByWindows = /^\\\\[A-Za-z0-9][\w.-]{0,59}\\[\w.-]{1,60}$/;
export const isSharedPrinter = (path: string): boolean => sharedByWindows.test(path) && !path.includes('..');
