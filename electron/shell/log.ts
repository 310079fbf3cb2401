/** Where the shell tells what happened, with its context. */
export type Log = (message: string, details: unknown) => void;
