import { implement, ORPCError } from '@orpc/server';
import type { Role } from '../../../shared/contract/base.ts';
import { contract } from '../../../shared/contract/index.ts';
import type { Studio } from '../../studio/studio.ts';

/** What a call knows of who is asking; built by the door from the session header, never from the page's word. */
export interface Caller {
  studio: Studio;
  role: Role;
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
    const needs = (procedure['~orpc'].meta as { role: Role }).role;
    if (rank[context.role] < rank[needs]) throw new ORPCError('NOT_ALLOWED', { status: 403, data: { needs } });
    return next();
  });

/** The actor for the audit trail; the gate has let no visitor through to where it is asked. */
export function actorOf(role: Role): 'host' | 'organiser' {
  return role === 'visitor' ? 'host' : role;
}
