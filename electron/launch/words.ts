/** One line for the person at the terminal: French first, then English. */
export function say(french: string, english: string): void {
  console.log(`${french} · ${english}`);
}

/** The same for what went wrong or needs care. */
export function warn(french: string, english: string): void {
  console.error(`! ${french} · ${english}`);
}

/**
 * The languages of the person at the terminal, best first, as the system names them: `LANGUAGE` and the locale of messages
 * as gettext reads them; on Windows and macOS, where terminals may have neither, the system's own.
 */
export function systemTags(environment: NodeJS.ProcessEnv = process.env, platform = process.platform): string[] {
  const { LC_ALL, LC_MESSAGES, LANG, LANGUAGE } = environment;
  const locale = [LC_ALL, LC_MESSAGES, LANG].find((value) => value) ?? '';
  if (locale === '' && platform !== 'linux') return [Intl.DateTimeFormat().resolvedOptions().locale];
  // A program told to speak no language in particular (C) does not look at the list.
  if (/^(C|POSIX)\b/.test(locale)) return [];
  return [...(LANGUAGE ?? '').split(':'), locale].filter((tag) => tag !== '');
}
