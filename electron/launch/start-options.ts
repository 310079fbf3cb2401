import { parseArgs } from 'node:util';

export const startHelp = `npm start -- [options]
  --demo            une bibliothèque d'exemple, à part · a sample library, kept apart
  --no-electron     dans un navigateur · in a browser
  --no-browser      seulement servir · only serve
  --electron        réessayer de télécharger Electron · try to download Electron once more
  --port N          port sur 127.0.0.1 (7411)
  --display N       écran de la cabine, compté de 0 · the booth's display, counted from 0
  --help`;

export interface StartOptions {
  demo: boolean;
  electron: 'auto' | 'never' | 'retry';
  browser: boolean;
  /** The port wished for; another is taken when it is in use, unless it was given by hand. */
  port: number;
  portGiven: boolean;
  display: number | null;
  help: boolean;
}

/** Default port of the booth in a browser. */
export const usualPort = 7411;

/** Reads the command line; throws an Error whose message names the option that is wrong. */
export function readStartOptions(args: string[]): StartOptions {
  const { values } = parseArgs({
    args,
    strict: true,
    allowPositionals: false,
    options: {
      demo: { type: 'boolean', default: false },
      electron: { type: 'boolean', default: false },
      'no-electron': { type: 'boolean', default: false },
      'no-browser': { type: 'boolean', default: false },
      port: { type: 'string' },
      display: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  return {
    demo: values.demo,
    electron: values['no-electron'] || values['no-browser'] ? 'never' : values.electron ? 'retry' : 'auto',
    browser: !values['no-browser'],
    port: wholeNumber('port', values.port, 0, 65_535) ?? usualPort,
    portGiven: values.port !== undefined,
    display: wholeNumber('display', values.display, 0, 15),
    help: values.help,
  };
}

function wholeNumber(name: string, text: string | undefined, least: number, most: number): number | null {
  if (text === undefined) return null;
  const number = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (!(number >= least && number <= most)) throw new Error(`--${name}: ${least}…${most}`);
  return number;
}
