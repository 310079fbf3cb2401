import type { Reply } from '../../network.ts';

// What pages say of who made them, where a site's JSON should be. Words in mark-up and headers that these programs have
// used for years; what is not known here is told as a page nobody expected, never as something else.

/** Longest beginning of a page that is looked at, in characters. */
const looked = 60_000;

/** Firewalls and their tests for robots. */
const firewallWords =
  /challenge-platform|cf[-_]chl|cf-browser-verification|cf-error|checking your browser|just a moment\.\.\.|attention required! \| cloudflare|sucuri website firewall|sucuri_cloudproxy|wordfence|_incapsula_|incapsula incident|mod_security|modsecurity|not acceptable!|imunify360|ddos-guard|bitninja|sgcaptcha|tiger protect|awswaf|datadome|perimeterx|bunkerweb|h-?captcha|g-recaptcha|turnstile|verify you are (a )?human|are you a robot|request blocked|access denied/i;
const firewallHeaders = ['cf-mitigated', 'cf-chl-bypass', 'x-sucuri-block', 'x-iinfo', 'x-datadome', 'sg-captcha'];

/** WordPress' own page while it is brought up to date, and those of plugins and hosts. */
const maintenanceWords =
  /scheduled maintenance|under maintenance|maintenance mode|maintenance[- ]page|en maintenance|maintenance programm[ée]e|mode maintenance|in onderhoud|gepland onderhoud|onderhoudsmodus|<title>[^<]*maintenance/i;

const signInWords = /id=["']loginform["']|name=["']log["']|wp-login\.php\?(redirect_to|action)/i;

const wordPressWords = /wp-content|wp-includes|wp-json|api\.w\.org/;

export function isPage(text: string): boolean {
  return /<(!doctype|html|head|body|title|h1|meta)[\s>]/i.test(text.slice(0, looked));
}

export function isFirewall({ headers, text }: Reply): boolean {
  return (
    firewallHeaders.some((name) => headers.has(name)) || (isPage(text) && firewallWords.test(text.slice(0, looked)))
  );
}

export function isMaintenance({ text }: Reply): boolean {
  return isPage(text) && maintenanceWords.test(text.slice(0, looked));
}

/** WordPress' own sign-in page: a plugin lets nobody in without it. */
export function isSignIn({ text }: Reply): boolean {
  return isPage(text) && signInWords.test(text.slice(0, looked));
}

export function isWordPress({ headers, text }: Reply): boolean {
  return headers.get('link')?.includes('https://api.w.org/') === true || wordPressWords.test(text.slice(0, looked));
}
