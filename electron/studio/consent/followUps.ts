import type { Purpose } from '../../../shared/domain/consent.ts';
import type { HandedOver } from '../../../shared/domain/evidence.ts';
import type { ConsentStore, CopiesOut, HandedOverOf } from './ports.ts';

/** A withdrawal that somebody still has to follow. */
export interface FollowUp {
  id: string;
  code: string | null;
  /** What was taken back while other uses go on; empty when everything was. */
  purposes: Purpose[];
  since: string;
  /** Pages that still stand. */
  urls: string[];
  /** Copies nobody has seen to yet. */
  handedOver: HandedOver[];
}

export interface FollowUpParts {
  store: Pick<ConsentStore, 'unsettled' | 'scope' | 'records'>;
  handedOver: HandedOverOf;
  copiesOut: CopiesOut;
}

/** Withdrawals of which a copy is still somewhere: of everything first, then of some uses; oldest first. */
export function followUps({ store, handedOver, copiesOut }: FollowUpParts): FollowUp[] {
  const open = (id: string) => handedOver(id).filter(({ settledAt }) => settledAt === null);
  const whole = store.unsettled().map((one): FollowUp => ({ ...one, purposes: [], handedOver: open(one.id) }));
  const part = copiesOut().flatMap(({ id, code }): FollowUp[] => {
    const withdrawn = store.scope(id)?.withdrawn ?? [];
    // A copy made for a use that goes on may stay with whoever has it.
    const copies = open(id).filter(({ purpose }) => purpose !== null && withdrawn.includes(purpose));
    const last = store.records(id).findLast(({ kind }) => kind === 'withdrawal');
    if (copies.length === 0 || last === undefined) return [];
    return [{ id, code, purposes: withdrawn, since: last.at, urls: [], handedOver: copies }];
  });
  const older = (one: FollowUp, other: FollowUp) => one.since.localeCompare(other.since);
  return [...whole, ...part.sort(older)];
}
