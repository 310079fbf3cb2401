import type { Role } from '../../../shared/contract/base.ts';

/**
 * `out`: nobody has signed in on this page yet. `in`: signed in. `locked`: a host locked it; `ended`: the studio no
 * longer knows the session. In the last two the desk stays behind the lock with all that was typed.
 */
export type SessionState =
  | { status: 'out' }
  | { status: 'in'; id: string; role: Role; name: string }
  | { status: 'locked' }
  | { status: 'ended' };

/** The staff session, kept in this page's memory and nowhere else. */
export function createSession() {
  let state: SessionState = { status: 'out' };
  let token: string | undefined;
  const listeners = new Set<() => void>();
  const become = (next: SessionState, held?: string) => {
    state = next;
    token = held;
    for (const listener of listeners) listener();
  };
  return {
    token: () => token,
    /** Who is signed in. */
    name: () => (state.status === 'in' ? state.name : undefined),
    state: () => state,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    open: ({ token, id, role, name }: { token: string; id: string; role: Role; name: string }) =>
      become({ status: 'in', id, role, name }, token),
    lock: () => become({ status: 'locked' }),
    /** The studio answered that the session is not allowed. Says whether that means it is over. */
    refused(needs: unknown): boolean {
      if (state.status !== 'in') return true;
      // A host who asks for what only an organiser may is still signed in.
      if (needs === 'organiser' && state.role === 'host') return false;
      become({ status: 'ended' });
      return true;
    },
  };
}
export type DeskSession = ReturnType<typeof createSession>;
