/** A form being written: what was stored when it was begun, field by field, and what stands in it now. */
export interface FormDraft<Fields extends object> {
  base: Fields;
  mine: Fields;
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
const keysOf = <Fields extends object>(fields: Fields) => Object.keys(fields) as (keyof Fields)[];

/** `fields` with those named taken from another. */
function over<Fields extends object>(fields: Fields, from: Fields, keys: readonly (keyof Fields)[]): Fields {
  const next = { ...fields };
  for (const key of keys) next[key] = from[key];
  return next;
}

/** Fields a host changed in the form. */
const touched = <Fields extends object>({ base, mine }: FormDraft<Fields>) =>
  keysOf(mine).filter((key) => !same(mine[key], base[key]));

/** What is to be seen: one's own where one wrote, what is stored everywhere else. */
export function shownFields<Fields extends object>(draft: FormDraft<Fields> | undefined, stored: Fields): Fields {
  if (draft === undefined) return stored;
  return over(stored, draft.mine, touched(draft));
}

/** Fields that were changed here and elsewhere, and not to the same. */
export function clashing<Fields extends object>(
  draft: FormDraft<Fields> | undefined,
  stored: Fields,
): (keyof Fields)[] {
  if (draft === undefined) return [];
  return touched(draft).filter((key) => !same(draft.base[key], stored[key]) && !same(draft.mine[key], stored[key]));
}

/** The draft after the form was changed; undefined when it says what is stored. */
export function writeFields<Fields extends object>(
  draft: FormDraft<Fields> | undefined,
  stored: Fields,
  fields: Fields,
): FormDraft<Fields> | undefined {
  const before = draft === undefined ? [] : touched(draft);
  const base = draft === undefined ? stored : over(stored, draft.base, before);
  const next = { base, mine: fields };
  return same(fields, stored) ? undefined : next;
}

/** One's own over the others': what is stored now is what it goes on from. */
export const overTheirs = <Fields extends object>(draft: FormDraft<Fields>, stored: Fields): FormDraft<Fields> => ({
  base: stored,
  mine: shownFields(draft, stored),
});

/** The others' where both wrote; undefined when nothing of one's own is left. */
export function giveFields<Fields extends object>(
  draft: FormDraft<Fields>,
  stored: Fields,
): FormDraft<Fields> | undefined {
  const lost = clashing(draft, stored);
  const mine = over(shownFields(draft, stored), stored, lost);
  return same(mine, stored) ? undefined : { base: stored, mine };
}
