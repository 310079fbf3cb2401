import { localDay } from '../../../shared/domain/day.ts';
import type { Due } from '../../../shared/domain/evidence.ts';
import type { RetentionStore } from './ports.ts';

export interface RetentionParts {
  store: RetentionStore;
  handedOver: (portraitId: string) => boolean;
  /** Erases one that is due; false when it was not there any more. */
  erase: (due: Due) => boolean;
  now: () => Date;
}

/** What ends by itself: told of fourteen days before, then erased on its day. */
export function createRetention({ store, handedOver, erase, now }: RetentionParts) {
  return {
    /** Reminds of what comes and erases what is due; harmless however often it runs. Answers what went. */
    run(): { reminded: Due[]; gone: Due[] } {
      const today = localDay(now());
      const reminded: Due[] = [];
      for (const due of store.coming(handedOver)) {
        if (due.remindedAt !== null) continue;
        store.remind(due);
        reminded.push(due);
      }
      const gone = store.coming(handedOver).filter((due) => due.dueOn <= today && erase(due));
      return { reminded, gone };
    },
    /** What ends soon, soonest first. */
    coming: (): Due[] => store.coming(handedOver),
    gone: (limit: number) => store.gone(limit),
  };
}
