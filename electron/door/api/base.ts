import { implement, ORPCError } from '@orpc/server';
import type { CallMeta, Role } from '../../../shared/contract/base.ts';
import { contract } from '../../../shared/contract/index.ts';
import type { StaffActor } from '../../../shared/domain/actor.ts';
import type { DeskFacts } from '../../studio/staff/staff.ts';
import type { Studio } from '../../studio/studio.ts';

/** What a call knows of who is asking; built by the door from the session header, never from the page's word. */
export interface Caller {
  studio: Studio;
  role: Role;
  /** The signed-in member, where there is one. */
  staff: { staffId: string; sessionId: string; role: 'host' | 'organiser'; name: string } | undefined;
  /** The desk that asks, as far as the door can tell. */
  desk: DeskFacts;
  token: string | undefined;
  expiresAt: string | undefined;
  /** Signed, expiring address of a file on the door. */
  mediaUrl(path: string): string;
  signal: AbortSignal;
}

const rank: Record<Role, number> = { visitor: 0, host: 1, organiser: 2 };

/** Every call of the contract, each behind the one check of its role. */
export const os = implement(contract)
  .$context<Caller>()
  .use(({ context, procedure, next }) => {
    const { role: needs, network, here } = procedure['~orpc'].meta as CallMeta;
    // What the booth's page does for a visitor is done at the booth.
    const away = context.desk.way === 'network' && needs === 'visitor' && network !== true;
    if (away || rank[context.role] < rank[needs])
      throw new ORPCError('NOT_ALLOWED', { status: 403, data: { needs: away ? 'host' : needs } });
    if (here === true) onlyHere(context, []);
    return next();
  });

/** Refuses to a desk on the network what is done at the booth itself; `what` names the fields it is about. */
export function onlyHere({ desk }: Pick<Caller, 'desk'>, what: string[]): void {
  if (desk.way === 'network') throw new ORPCError('HERE_ONLY', { status: 403, data: { what } });
}

/** The actor for the audit trail; the gate has let nobody without a session through to where it is asked. */
export function actorOf({ staff }: Pick<Caller, 'staff'>): StaffActor {
  return staff === undefined ? 'host' : { role: staff.role, staffId: staff.staffId };
}
