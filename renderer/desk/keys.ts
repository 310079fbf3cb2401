/** Everything a key can do on the desk. */
export const actions = [
  'play',
  'next',
  'previous',
  'approve',
  'reject',
  'undo',
  'publish',
  'edit',
  'search',
  'help',
  'save',
  // The editor.
  'markIn',
  'markOut',
  'back',
  'stop',
  'forward',
  'half',
  'snap',
  'cut',
  'marker',
  'compareCleanUp',
  'compareOriginal',
  'nudgeBack',
  'nudgeForward',
  'zoomIn',
  'zoomOut',
  'undoEdit',
  'redoEdit',
] as const;
export type Action = (typeof actions)[number];

/** What is known of a key press; a KeyboardEvent has it all. */
export interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  repeat: boolean;
}

/** What has the focus: a field one writes in, something that answers to Space and Enter itself, or neither. */
export type Focus = 'writing' | 'pressing' | 'free';

const letters: Record<string, Action> = {
  ArrowDown: 'next',
  ArrowUp: 'previous',
  a: 'approve',
  r: 'reject',
  u: 'undo',
  p: 'publish',
  e: 'edit',
  '/': 'search',
  '?': 'help',
  i: 'markIn',
  o: 'markOut',
  j: 'back',
  k: 'stop',
  l: 'forward',
  h: 'half',
  s: 'snap',
  x: 'cut',
  m: 'marker',
  c: 'compareCleanUp',
  v: 'compareOriginal',
  ',': 'nudgeBack',
  '.': 'nudgeForward',
  // The keys of « . » and « + » without Shift, as French and Belgian keyboards have them.
  ';': 'nudgeForward',
  '+': 'zoomIn',
  '=': 'zoomIn',
  '-': 'zoomOut',
};
/** With Ctrl, or ⌘ on a Mac; away from a field, which has an undo of its own. */
const withCtrl: Record<string, Action> = { z: 'undoEdit', y: 'redoEdit' };
const pressed: Record<string, Action> = { ' ': 'play', Enter: 'approve' };
/** Keys that may be held down. */
const repeatable: readonly Action[] = [
  'next',
  'previous',
  'nudgeBack',
  'nudgeForward',
  'zoomIn',
  'zoomOut',
  'undoEdit',
  'redoEdit',
];

/** The action of a key, or undefined when the key belongs to the page, to a field or to nobody. */
export function actionOf(press: Press, focus: Focus): Action | undefined {
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  if ((press.ctrlKey || press.metaKey) && !press.altKey) {
    if (key === 's') return 'save';
    if (focus === 'writing') return undefined;
    const action = withCtrl[key];
    return action === 'undoEdit' && press.shiftKey ? 'redoEdit' : action;
  }
  // AltGr and Option write characters on many keyboards, « / » on some.
  if (press.altKey && key !== '/') return undefined;
  if (focus === 'writing') return undefined;
  const action = letters[key] ?? (focus === 'free' ? pressed[key] : undefined);
  if (action === undefined || (press.repeat && !repeatable.includes(action))) return undefined;
  return action;
}

/** How the focused element treats keys. */
export function focusOf(element: Element | null): Focus {
  if (element === null) return 'free';
  if (element.closest('textarea, select, [contenteditable="true"]')) return 'writing';
  const input = element.closest('input');
  // A slider keeps ← and →, which mean nothing to the desk; ↑ and ↓ walk the list from there too.
  if (input?.type === 'range') return 'free';
  if (input) return ['checkbox', 'radio', 'button', 'submit'].includes(input.type) ? 'pressing' : 'writing';
  return element.closest('button, a[href], summary, [role="tab"], [role="switch"]') ? 'pressing' : 'free';
}
