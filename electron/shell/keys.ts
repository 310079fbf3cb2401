import type { Input } from 'electron';

export type KeyMeaning = 'page' | 'nothing' | 'desk' | 'kiosk';

const withAlt = new Set(['ArrowLeft', 'ArrowRight', 'Home', 'F4']);
/** Reload, caret browsing, full screen, developer tools. Other function keys may be the big button. */
const alone = new Set(['F5', 'F7', 'F11', 'F12', 'BrowserBack', 'BrowserForward', 'BrowserRefresh', 'BrowserHome']);

type Pressed = Pick<Input, 'type' | 'key' | 'code' | 'control' | 'meta' | 'alt' | 'shift'>;

/**
 * What a key means on the booth: for the page, for nobody (the browser's own shortcuts), or for the staff:
 * Ctrl+Shift+D opens the desk, which asks for the PIN, Ctrl+Shift+K closes the kiosk again after they left it.
 * With Alt beside Ctrl a key types a character (AltGr), which is the page's.
 */
export function meaningOf({ type, key, code, control, meta, alt, shift }: Pressed): KeyMeaning {
  if (control && shift && !alt && code === 'KeyD') return type === 'keyDown' ? 'desk' : 'nothing';
  if (control && shift && !alt && code === 'KeyK') return type === 'keyDown' ? 'kiosk' : 'nothing';
  if (alone.has(key)) return 'nothing';
  if (alt && !control && withAlt.has(key)) return 'nothing';
  if ((control && !alt) || meta) return key === 'Control' || key === 'Meta' ? 'page' : 'nothing';
  return 'page';
}
