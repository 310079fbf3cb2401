import { useQuery } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { PortraitQuery } from '../../../shared/contract/inbox.ts';
import { largestAct } from '../../../shared/domain/inbox.ts';
import { useDesk, useKeys } from '../desk-context.ts';
import type { Action } from '../keys.ts';
import { type Aim, aimOf, beyondRows, type Kept, type Sight, settleKept, singleAim } from './aim.ts';

/** What the acts on the screen are for now, and why they are off where they are. */
export interface Aiming {
  aim: Aim;
  single: ReturnType<typeof singleAim>;
  /** Whether an act that one or many can undergo is for this portrait alone, asked when it is pressed. */
  at(id: string): boolean;
  /** The same for an act on a single portrait, ticks apart. */
  singleAt(id: string): boolean;
}

const everywhere: Aiming = {
  aim: { kind: 'none', why: 'nothing' },
  single: { kind: 'none', why: 'nothing' },
  at: () => true,
  singleAt: () => true,
};
const AimContext = createContext<Aiming>(everywhere);
export const AimProvider = AimContext.Provider;
export const useAiming = (): Aiming => useContext(AimContext);

/** Whether the portrait's buttons for what only one can undergo are off; a moment's wait does not show. */
export function useSingleOff(): boolean {
  const { single } = useAiming();
  return single.kind === 'none' && single.why === 'left';
}

/** Asks the studio about those that may stand beyond the rows, and says what acts are for. */
export function useAim(sight: Omit<Sight, 'beyond'>, query: PortraitQuery): Aiming {
  const { api } = useDesk();
  const asked = useMemo(() => beyondRows(sight).slice(0, largestAct), [sight]);
  const { data } = useQuery({
    queryKey: ['portraits', 'among', query, asked],
    queryFn: async ({ signal }) => new Set((await api.library.among({ ...query, ids: asked }, { signal })).ids),
    enabled: asked.length > 0 && sight.answered,
  });
  const whole = useMemo<Sight>(() => ({ ...sight, beyond: asked.length === 0 ? none : data }), [sight, asked, data]);
  const latest = useRef(whole);
  latest.current = whole;
  return useMemo(() => {
    const isFor = (aim: Aim, id: string) => aim.kind === 'one' && aim.id === id;
    return {
      aim: aimOf(whole),
      single: singleAim(whole),
      at: (id) => isFor(aimOf(latest.current), id),
      singleAt: (id) => isFor(singleAim(latest.current), id),
    };
  }, [whole]);
}
const none: ReadonlySet<string> = new Set();

/** Keys for what one or many can undergo, and for what only one can. Keys that only listen, look or go stay on. */
export const sharedActs = ['approve', 'reject', 'addToBatch'] as const satisfies readonly Action[];
export const singleActs = [
  'undo',
  'publish',
  'takeTitle',
  'tags',
  'rate0',
  'rate1',
  'rate2',
  'rate3',
  'rate4',
  'rate5',
  'markIn',
  'markOut',
  'snap',
  'cut',
  'marker',
  'nudgeBack',
  'nudgeForward',
  'undoEdit',
  'redoEdit',
] as const satisfies readonly Action[];

/** Above what a portrait answers to its keys, below what ticked ones and a note do. */
const offRank = 0.5;

/**
 * Keys whose act has nothing to go to do nothing; answers how often that was asked, for the screen to say so again.
 * A key that comes while it is not yet known whether the list shows its target is kept until it is. `standing` names
 * what is listed, shown and ticked, and is null while a hit is about to be opened.
 */
export function useOffKeys({ aim, single }: Aiming, standing: string | null): number {
  const { keys } = useDesk();
  const [asked, setAsked] = useState(0);
  const kept = useRef<(Kept & { action: Action }) | null>(null);
  const off = (what: Aim) =>
    what.kind !== 'none'
      ? undefined
      : (action: Action) => {
          if (what.why !== 'waiting') setAsked((times) => times + 1);
          else if (standing !== null) kept.current = { action, standing, at: performance.now() };
        };
  useKeys(sharedActs, off(aim), offRank);
  useKeys(singleActs, off(single), offRank);
  useEffect(() => {
    if (kept.current === null) return;
    const { action } = kept.current;
    const own = (sharedActs as readonly Action[]).includes(action) ? aim : single;
    const becomes = settleKept(kept.current, { standing, aim: own, at: performance.now() });
    if (becomes === 'wait') return;
    kept.current = null;
    if (becomes === 'press') keys.run(action);
  }, [aim, single, standing, keys]);
  return asked;
}
