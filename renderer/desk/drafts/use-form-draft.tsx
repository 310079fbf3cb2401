import { useDesk } from '../desk-context.ts';
import { Sides } from '../words/conflict.tsx';
import { useDraft } from './drafts.ts';
import { clashing, type FormDraft, giveFields, overTheirs, shownFields, writeFields } from './three-way.ts';

/** A form over something stored, while it is being written. */
export interface StoredFormDraft<Fields extends object> {
  /** What is to be seen; undefined when nothing is being written, or before what is stored is known. */
  draft: Fields | undefined;
  set(fields: Fields): void;
  drop(): void;
  /** What both sides changed, to be decided before anything is saved. */
  clash: { mine: unknown[]; theirs: unknown[]; onMine(): void; onTheirs(): void } | undefined;
}

export function useStoredForm<Fields extends object>(
  name: string,
  stored: Fields | undefined,
): StoredFormDraft<Fields> {
  const { drafts } = useDesk();
  const [held, hold, drop] = useDraft<FormDraft<Fields>>(drafts, name);
  const put = (next: FormDraft<Fields> | undefined) => (next === undefined ? drop() : hold(next));
  if (stored === undefined) return { draft: undefined, set: () => undefined, drop, clash: undefined };
  const keys = clashing(held, stored);
  const mine = shownFields(held, stored);
  return {
    draft: held === undefined ? undefined : mine,
    set: (fields) => put(writeFields(held, stored, fields)),
    drop,
    clash:
      held === undefined || keys.length === 0
        ? undefined
        : {
            mine: keys.map((key) => mine[key]),
            theirs: keys.map((key) => stored[key]),
            onMine: () => hold(overTheirs(held, stored)),
            onTheirs: () => put(giveFields(held, stored)),
          },
  };
}

/** Every text of a value, for a host to compare. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join('\n');
  if (typeof value === 'object' && value !== null) return Object.values(value).map(textOf).filter(Boolean).join('\n');
  return typeof value === 'boolean' ? (value ? '☑' : '☐') : String(value ?? '');
}

/** Both versions of what two hosts changed in one form. */
export function FormClash({ clash }: { clash: NonNullable<StoredFormDraft<object>['clash']> }) {
  const { say } = useDesk();
  const version = (values: unknown[]) => <p className="conflict-text">{values.map(textOf).join('\n')}</p>;
  return (
    <Sides
      why={say('formConflict')}
      mine={version(clash.mine)}
      theirs={version(clash.theirs)}
      busy={false}
      onMine={clash.onMine}
      onTheirs={clash.onTheirs}
    />
  );
}

/** A form over nothing stored, a dialog's: it opens as it was left. */
export function useFormDraft<Fields extends object>(name: string, empty: Fields) {
  const { drafts } = useDesk();
  const [held, hold, drop] = useDraft<Fields>(drafts, name);
  const fields = { ...empty, ...held };
  return { fields, write: (part: Partial<Fields>) => hold({ ...fields, ...part }), drop };
}
