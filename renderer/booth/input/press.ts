/**
 * What counts as a press, whatever it was made with. It knows times and places, no page: whoever has events tells it
 * each edge, and is told which controls to act on. All times are milliseconds of one monotonic clock (`timeStamp`).
 *
 * - Pressed inside and released inside counts, whatever moved in between and whatever else touches.
 * - A press is one by time and place: what comes down again on the same control, or within a finger's breadth, less
 *   than `quiet` after the last edge belongs to it, and it counts once. Bounces, triples and auto-fire are such edges.
 * - A press belongs to the scene it began in. When that is over, or was not yet there for `settling`, nothing comes of it.
 * - Of two controls held at once the later one counts, and the earlier does nothing any more: it was a hand at rest. Two
 *   that came down within `together` are nobody's answer: neither counts. So two fingers never agree to anything.
 * - Keys that type letters have a shorter `quiet` and do not exclude one another: two thumbs overlap, and count in the
 *   order in which they came down.
 */

/**
 * A worn switch bounces for up to 150 ms (reports of arcade buttons and pedals). Nobody means two presses of one control
 * with a finger up for less than a quarter of a second between them.
 */
export const quiet = 250;
/**
 * For letters and digits: `ll` is meant. A finger taps 5 to 7 times a second and is up for 60 ms or more in between; a
 * panel that loses a finger has it again within two or three reports (8 to 25 ms), and libinput takes 25 ms for a bounce.
 */
export const typingQuiet = 30;
/** Fingers of one hand come down within a tenth of a second; this is more than twice that. */
export const together = 250;
/** Thumbs overlap for a moment; what lies on a letter for longer is a hand at rest. */
export const overlap = 500;
/** How long a scene does not react: a second tap was meant for the one before. */
export const settling = 350;
/** A finger's breadth in CSS pixels, about 10 mm on a panel of 96 dpi; letters stand close, and a panel does not jump. */
export const near = { act: 40, type: 12 } as const;

export type Kind = 'act' | 'type';

export interface Contact<Control> {
  at: number;
  /** What lies under it; null for nothing that can be pressed. */
  control: Control | null;
  kind: Kind;
  x: number;
  y: number;
}

interface Press<Control> {
  control: Control | null;
  kind: Kind;
  downAt: number;
  lastEdge: number;
  x: number;
  y: number;
  scene: number;
  /** It has counted, or never will. */
  spent: boolean;
  /** The fingers that make it, and whether each is over the control. */
  held: Map<string, boolean>;
}

/** Edges in, acts out: the controls that an edge makes count, in their order. */
export function createPresses<Control>() {
  let presses: Press<Control>[] = [];
  let scene = { number: 0, since: Number.NEGATIVE_INFINITY };

  const live = (press: Press<Control>) => !press.spent && press.scene === scene.number;
  const over = (press: Press<Control>) => [...press.held.values()].some(Boolean);

  /** The press a new contact belongs to, if it is no press of its own. */
  function sameAs({ at, control, kind, x, y }: Contact<Control>): Press<Control> | undefined {
    return presses.findLast((press) => {
      const both = kind === 'type' && press.kind === 'type' ? 'type' : 'act';
      if (at - press.lastEdge >= (both === 'type' ? typingQuiet : quiet)) return false;
      if (control !== null && press.control === control) return true;
      return Math.hypot(x - press.x, y - press.y) <= near[both] && !live(press);
    });
  }

  /** Of acts held at the same time the later one counts; of acts begun together, neither. */
  function exclude(newer: Press<Control>): void {
    for (const press of presses) {
      if (press === newer || press.kind !== 'act' || press.held.size === 0 || !live(press)) continue;
      press.spent = true;
      if (press.control !== newer.control && newer.downAt - press.downAt <= together) newer.spent = true;
    }
  }

  /** Letters whose finger came down before this one and is still there count before it. */
  function earlierLetters(until: Press<Control>): Press<Control>[] {
    return presses
      .filter(
        (press) =>
          press !== until &&
          press.kind === 'type' &&
          live(press) &&
          over(press) &&
          press.downAt <= until.downAt &&
          until.downAt - press.downAt < overlap,
      )
      .sort((a, b) => a.downAt - b.downAt);
  }

  function count(press: Press<Control>): Control[] {
    const counted = [...earlierLetters(press), press];
    for (const one of counted) one.spent = true;
    // Whatever else lies on the glass was not meant, or it would have been lifted first.
    for (const other of presses)
      if (other.held.size > 0 && (other.kind === 'act' || other.downAt < press.downAt)) other.spent = true;
    return counted.flatMap(({ control }) => (control === null ? [] : [control]));
  }

  function begin(contact: Contact<Control>): Press<Control> {
    const { at, control, kind, x, y } = contact;
    const press: Press<Control> = {
      control,
      kind,
      downAt: at,
      lastEdge: at,
      x,
      y,
      scene: scene.number,
      spent: at < scene.since + settling,
      held: new Map(),
    };
    presses.push(press);
    return press;
  }

  /** Forgets what nothing can belong to any more. */
  function tidy(at: number): void {
    presses = presses.filter((press) => press.held.size > 0 || at - press.lastEdge < quiet);
  }

  const heldBy = (id: string) => presses.find((press) => press.held.has(id));

  return {
    /** A finger, a mouse button or a pen comes down. `id` names it until it goes up. */
    down(id: string, contact: Contact<Control>): void {
      heldBy(id)?.held.delete(id);
      tidy(contact.at);
      const known = sameAs(contact);
      if (known === undefined && contact.control === null) return;
      const press = known ?? begin(contact);
      Object.assign(press, { lastEdge: Math.max(press.lastEdge, contact.at), x: contact.x, y: contact.y });
      press.held.set(id, press.control === contact.control);
      if (known === undefined && contact.kind === 'act') exclude(press);
    },

    /** It moved, over its control or off it. */
    moved(id: string, inside: boolean): void {
      const press = heldBy(id);
      press?.held.set(id, inside);
    },

    /** It goes up, inside its control or not. Answers what counts now. */
    up(id: string, { at, x, y, inside }: { at: number; x: number; y: number; inside: boolean }): Control[] {
      const press = heldBy(id);
      if (press === undefined) return [];
      press.held.delete(id);
      Object.assign(press, { lastEdge: Math.max(press.lastEdge, at), x, y });
      return inside && live(press) ? count(press) : [];
    },

    /** The system took it away; nobody lifted it. */
    lost(id: string, at: number): void {
      const press = heldBy(id);
      if (press === undefined) return;
      press.held.delete(id);
      press.lastEdge = Math.max(press.lastEdge, at);
    },

    /** A press without edges: a screen reader's, or a program's. Whether it counts. */
    click(control: Control, kind: Kind, at: number): boolean {
      tidy(at);
      const wait = kind === 'type' ? typingQuiet : quiet;
      const known = presses.findLast((press) => press.control === control && at - press.lastEdge < wait);
      const press = known ?? begin({ at, control, kind, x: Number.NaN, y: Number.NaN });
      press.lastEdge = Math.max(press.lastEdge, at);
      return live(press) && count(press).length > 0;
    },

    /** Something else is shown now: what is still held was meant for what was there before. */
    scene(at: number): void {
      scene = { number: scene.number + 1, since: at };
    },

    /** What looks pressed: held, the finger over it, and about to count. */
    pressed: (): Control[] =>
      presses.flatMap((press) => (press.control !== null && live(press) && over(press) ? [press.control] : [])),
  };
}

/** The same for keys and buttons that type one: a press counts as it comes down, once, however long it is held. */
export function createKeyPresses() {
  const lastEdge = new Map<string, number>();
  let since = Number.NEGATIVE_INFINITY;
  return {
    /** Whether a key that came down counts. `source` is the switch behind it, `wait` how long it must have been still. */
    down(source: string, at: number, repeat: boolean, wait = quiet): boolean {
      const last = lastEdge.get(source);
      lastEdge.set(source, at);
      if (repeat || (last !== undefined && at - last < wait)) return false;
      return wait < quiet || at >= since + settling;
    },
    up(source: string, at: number): void {
      if (lastEdge.has(source)) lastEdge.set(source, at);
    },
    /** Another key was meant in between: what comes now is a press of its own. */
    forget: (source: string) => lastEdge.delete(source),
    scene(at: number): void {
      since = at;
    },
  };
}
