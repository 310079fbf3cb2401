/** What a host has before them in the list when a key or a button is pressed. */
export interface Sight {
  /** Ids of the rows that are drawn, in order. */
  rows: readonly string[];
  /** The rows answer what is searched and filtered now, and no hit is about to be opened. */
  answered: boolean;
  /** The list is being read again: who is missing may be there in a moment. */
  fetching: boolean;
  /** There is nothing beyond the rows. */
  whole: boolean;
  /** Of those looked for beyond the rows, the ones the list holds; undefined until the studio has said. */
  beyond: ReadonlySet<string> | undefined;
  /** The one shown beside the list. */
  chosen: string | null;
  /** Those that are ticked. */
  picked: readonly string[];
}

/** `nothing`: none is chosen. `left`: what was chosen is not in the list any more. `waiting`: in a moment it is known. */
export type Off = 'nothing' | 'left' | 'waiting';
export type Aim =
  | { kind: 'one'; id: string }
  /** `left`: how many more are ticked, and are not in the list any more; no act touches them. */
  | { kind: 'many'; ids: string[]; left: number }
  | { kind: 'none'; why: Off };

type Standing = 'here' | 'left' | 'waiting';

/** Where a portrait stands in the list as it is shown. */
function standings({ rows, answered, fetching, whole, beyond }: Sight): (id: string) => Standing {
  const drawn = new Set(rows);
  return (id) => {
    if (!answered) return 'waiting';
    if (drawn.has(id)) return 'here';
    if (!whole && beyond === undefined) return 'waiting';
    if (!whole && beyond?.has(id)) return 'here';
    return fetching ? 'waiting' : 'left';
  };
}

/**
 * The portrait that an act on a single one is for (rating, title, montage, publication): the one shown beside the list,
 * as long as the list shows it.
 */
export function singleAim(sight: Sight): Extract<Aim, { kind: 'one' | 'none' }> {
  const { chosen } = sight;
  if (chosen === null) return { kind: 'none', why: 'nothing' };
  const standing = standings(sight)(chosen);
  return standing === 'here' ? { kind: 'one', id: chosen } : { kind: 'none', why: standing };
}

/**
 * What an act is for that one portrait or many can undergo (approve, reject, into a batch): those that are ticked where
 * any are, else the one shown beside the list. This is the one place that decides it, for keys, buttons and dialogs.
 */
export function aimOf(sight: Sight): Aim {
  const { picked } = sight;
  if (picked.length === 0) return singleAim(sight);
  const standing = standings(sight);
  const all = picked.map((id) => ({ id, standing: standing(id) }));
  if (all.some((one) => one.standing === 'waiting')) return { kind: 'none', why: 'waiting' };
  const ids = all.filter((one) => one.standing === 'here').map(({ id }) => id);
  return ids.length === 0 ? { kind: 'none', why: 'left' } : { kind: 'many', ids, left: all.length - ids.length };
}

/** Those chosen or ticked that are not among the rows: the studio is asked whether the list goes on to them. */
export function beyondRows({ rows, whole, chosen, picked }: Pick<Sight, 'rows' | 'whole' | 'chosen' | 'picked'>) {
  if (whole) return [];
  const drawn = new Set(rows);
  return [...new Set(chosen === null ? picked : [chosen, ...picked])].filter((id) => !drawn.has(id)).sort();
}

/** A key pressed while it was not yet known what its act is for. */
export interface Kept {
  /** Names the list, the one shown beside it and those ticked, as they were when the key was pressed. */
  standing: string;
  /** When it was pressed, in milliseconds. */
  at: number;
}
/** A key that is answered later than this, in milliseconds, is not connected with its answer any more. */
export const keptFor = 2000;

/**
 * What becomes of a key that had to wait: pressed again once its act has the target it had before the host's eyes;
 * over as soon as anything else is chosen, ticked or listed, or nobody remembers it. Where a hit is about to be opened
 * (`standing` null) no key is kept: it was pressed for what was not there yet.
 */
export function settleKept(
  kept: Kept,
  now: { standing: string | null; aim: Aim; at: number },
): 'wait' | 'press' | 'over' {
  if (now.standing !== kept.standing || now.at - kept.at > keptFor) return 'over';
  if (now.aim.kind === 'none') return now.aim.why === 'waiting' ? 'wait' : 'over';
  return 'press';
}

/** A search that Enter was pressed in: its first hit is opened once its own results are there. */
export interface Opening {
  /** Names the list as it was searched and filtered when Enter was pressed. */
  look: string;
}
export type Opened = { kind: 'wait' } | { kind: 'over' } | { kind: 'open'; id: string };

/** What becomes of an opening: it waits for the results of that very search, and ends with any other. */
export function settleOpening(
  opening: Opening,
  now: { look: string; rows: readonly string[]; answered: boolean; failed: boolean },
): Opened {
  if (opening.look !== now.look || now.failed) return { kind: 'over' };
  if (!now.answered) return { kind: 'wait' };
  const [first] = now.rows;
  return first === undefined ? { kind: 'over' } : { kind: 'open', id: first };
}

/**
 * Who is looked at after an act on `id` is done, or null to stay. A host who went on to another portrait while the act
 * was under way stays there.
 */
export function afterAct(
  id: string,
  { rows, chosen, leaves }: { rows: readonly string[]; chosen: string | null; leaves: boolean },
): string | null {
  if (chosen !== id) return null;
  const at = rows.indexOf(id);
  if (at < 0) return leaves ? (rows[0] ?? null) : null;
  return rows[at + 1] ?? (leaves ? (rows[at - 1] ?? null) : null);
}
