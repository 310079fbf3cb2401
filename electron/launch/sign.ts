import { appendFileSync, readFileSync } from 'node:fs';

/**
 * How Electron tells the launcher what is on its screen: a line in a file whose path is in the environment. A file works
 * on every system and whatever the streams are tied to, and outlives the process that wrote it.
 *
 * `opening`: the app is ready and the studio opens; `opened`: it is open, windows come; `window`: a window is on screen;
 * `told`: a dialog says why there will be none; `elsewhere`: the one that runs already was brought to the front.
 */
export const signs = ['opening', 'opened', 'window', 'told', 'elsewhere'] as const;
export type Sign = (typeof signs)[number];

export const signVariable = 'PHONOMATON_SIGN';

/** Tells the launcher; without one, nothing happens. */
export function giveSign(sign: Sign, environment: NodeJS.ProcessEnv = process.env): void {
  const file = environment[signVariable];
  if (!file) return;
  try {
    appendFileSync(file, `${sign}\n`);
  } catch {
    // The launcher has gone, with its file; nothing here depends on it.
  }
}

/** The signs given so far, in order. */
export function givenSigns(file: string): Sign[] {
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  return text.split('\n').filter((line): line is Sign => signs.some((sign) => sign === line));
}
