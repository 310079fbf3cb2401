import { localDay } from '../../../shared/domain/day.ts';
import type { Due } from '../../../shared/domain/evidence.ts';
import type { RetentionClock, RetentionStore } from './ports.ts';

export interface RetentionParts {
  store: RetentionStore;
  handedOver: (portraitId: string) => boolean;
  /** Erases one that is due; false when it was not there any more. */
  erase: (due: Due) => boolean;
  clock: RetentionClock;
}

/** What ends by itself: told of fourteen days before, then erased on its day. */
export function createRetention({ store, handedOver, erase, clock }: RetentionParts) {
  const dueBy = (day: string) => store.coming(handedOver).filter((due) => due.dueOn <= day);
  return {
    /**
     * Reminds of what comes and erases what is due for sure; harmless however often it runs. With a clock in doubt it does
     * neither. Answers what went.
     */
    run(): { reminded: Due[]; gone: Due[] } {
      if (!clock.trusted()) return { reminded: [], gone: [] };
      const reminded: Due[] = [];
      for (const due of store.coming(handedOver)) {
        if (due.remindedAt !== null) continue;
        store.remind(due);
        reminded.push(due);
      }
      const gone = dueBy(localDay(clock.sure())).filter((due) => erase(due));
      return { reminded, gone };
    },
    /** How many are due by a day that only the system clock vouches for: they wait for a host's word. */
    unsure(): number {
      if (!clock.trusted()) return 0;
      const sure = localDay(clock.sure());
      return dueBy(localDay(clock.likely())).filter(({ dueOn }) => dueOn > sure).length;
    },
    /** What ends soon, soonest first. */
    coming: (): Due[] => store.coming(handedOver),
    gone: (limit: number) => store.gone(limit),
  };
}
