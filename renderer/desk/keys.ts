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
  'tags',
  'takeTitle',
  'transcript',
  'rate0',
  'rate1',
  'rate2',
  'rate3',
  'rate4',
  'rate5',
  'search',
  'help',
  'save',
  'extendUp',
  'extendDown',
  'selectAll',
  'clear',
  'addToBatch',
  'importSounds',
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
  /** The key's place on the keyboard: figures need Shift on French ones, stars should not. */
  code?: string;
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
  g: 'tags',
  t: 'takeTitle',
  w: 'transcript',
  '/': 'search',
  '?': 'help',
  b: 'addToBatch',
  n: 'importSounds',
  Escape: 'clear',
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
const extending: Record<string, Action> = { ArrowUp: 'extendUp', ArrowDown: 'extendDown' };
/** With Ctrl or ⌘, in a field and outside. */
const commands: Record<string, { action: Action; writing: boolean }> = {
  s: { action: 'save', writing: true },
  a: { action: 'selectAll', writing: false },
  // A field has an undo of its own.
  z: { action: 'undoEdit', writing: false },
  y: { action: 'redoEdit', writing: false },
};
const stars = { '0': 'rate0', '1': 'rate1', '2': 'rate2', '3': 'rate3', '4': 'rate4', '5': 'rate5' } as const;

/** The stars a key gives: a figure however it is typed, or its key without Shift. */
function starsOf({ key, code = '', shiftKey }: Press): Action | undefined {
  const figure = /^[0-5]$/.test(key) ? key : shiftKey ? '' : (/^Digit([0-5])$/.exec(code)?.[1] ?? '');
  return stars[figure as keyof typeof stars];
}

const pressed: Record<string, Action> = { ' ': 'play', Enter: 'approve' };
/** Keys that may be held down. */
const repeatable: readonly Action[] = [
  'next',
  'previous',
  'extendUp',
  'extendDown',
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
    const command = commands[key];
    if (command === undefined || (focus === 'writing' && !command.writing)) return undefined;
    return command.action === 'undoEdit' && press.shiftKey ? 'redoEdit' : command.action;
  }
  // AltGr and Option write characters on many keyboards, « / » on some.
  if (press.altKey && key !== '/') return undefined;
  if (focus === 'writing') return undefined;
  const action =
    (press.shiftKey ? extending[key] : undefined) ??
    letters[key] ??
    starsOf(press) ??
    (focus === 'free' ? pressed[key] : undefined);
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
