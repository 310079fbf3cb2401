import { mayMove, type PortraitState } from '../../../shared/domain/portrait.ts';
import { type Actor, audit } from './audit.ts';
import type { Db } from './database.ts';

/** What is known of a portrait before its state changes. */
export interface Head {
  id: string;
  state: PortraitState;
  confirmed: 0 | 1;
}
/** When and by whom, and the act of many it belongs to. */
export interface Occasion {
  at: string;
  actor: Actor;
  act?: string;
}
export type Moved =
  | { ok: true }
  | { ok: false; code: 'NEEDS_CONSENT' }
  | { ok: false; code: 'WRONG_STATE'; state: PortraitState };

/**
 * Changes of state. The statements are kept: compiling one takes the triggers behind it along, which costs more than
 * running it. Call them inside the transaction that read `head`.
 */
export function portraitMoves(db: Db) {
  const setState = db.prepare('UPDATE portraits SET state = ?, revision = revision + 1, updated_at = ? WHERE id = ?');

  /** Moves a portrait on with its audit row. */
  function move(head: Head, to: PortraitState, occasion: Occasion, detail: Record<string, boolean> = {}): Moved {
    if (!mayMove(head.state, to)) return { ok: false, code: 'WRONG_STATE', state: head.state };
    const { at, actor, act } = occasion;
    setState.run(to, at, head.id);
    audit(db, { at, actor, action: to, portraitId: head.id, detail: { ...detail, ...(act !== undefined && { act }) } });
    return { ok: true };
  }

  /** Approves. A host's bare word says too little: what the person allows has to be written down (consent.record). */
  function approve(head: Head, occasion: Occasion): Moved {
    if (head.confirmed === 0 && mayMove(head.state, 'approved')) return { ok: false, code: 'NEEDS_CONSENT' };
    return move(head, 'approved', occasion);
  }

  return { move, approve };
}
