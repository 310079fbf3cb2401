/** A signed-in member of the staff; the role is the one they had when they did it. */
export interface Member {
  role: 'host' | 'organiser';
  staffId: string;
}

/** Somebody of the staff. The bare role stands for acts without a name: of before personal codes, or of a script. */
export type StaffActor = Member | Member['role'];

/** Who did it: the booth (for a visitor), somebody of the staff, or the studio itself. */
export type Actor = 'visitor' | 'studio' | StaffActor;

/** The two columns an act is written down with. */
export function actorColumns(actor: Actor): { actor: string; staffId: string | null } {
  if (typeof actor === 'string') return { actor, staffId: null };
  return { actor: actor.role, staffId: actor.staffId };
}

/** Anybody in one column: somebody of the staff by the role, and behind a colon who it was. */
export function actorText(actor: Actor): string {
  return typeof actor === 'string' ? actor : `${actor.role}:${actor.staffId}`;
}

export function staffFromText(text: string): StaffActor {
  const [role, staffId] = text.split(':');
  const known = role === 'organiser' ? 'organiser' : 'host';
  return staffId === undefined ? known : { role: known, staffId };
}
