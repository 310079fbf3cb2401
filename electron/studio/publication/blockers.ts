import type { Blocker, StoredBatch } from '../../../shared/domain/batch.ts';
import type { GateRefusal } from '../../../shared/domain/consent.ts';
import type { Portrait, PublicationParts } from './ports.ts';

type Asked = Pick<PublicationParts, 'mayUse'> & {
  batches: Pick<PublicationParts['batches'], 'acknowledged' | 'hasTitle'>;
};

/** Refusals that nothing a host does will ever mend: such a portrait is not even taken into a batch. */
export const forGood: readonly GateRefusal[] = ['withdrawn', 'unknownPortrait'];

/** Everything that keeps a portrait of a batch in the house now; empty when it may leave. */
export function blockersOf(
  portrait: Portrait,
  batch: Pick<StoredBatch, 'purpose' | 'needsTranscript'>,
  { mayUse, batches }: Asked,
): Blocker[] {
  const blockers: Blocker[] = [];
  const gate = mayUse(portrait.id, batch.purpose);
  const approved = portrait.state === 'approved' || portrait.state === 'published';
  if (!gate.allowed && gate.why !== 'notApproved') blockers.push({ kind: 'gate', why: gate.why });
  // A withdrawn portrait will never be approved: one reason says it all.
  if (!approved && portrait.state !== 'withdrawn') blockers.push({ kind: 'notApproved', state: portrait.state });
  if (!portrait.hasSound || portrait.edit === null) blockers.push({ kind: 'noSound' });
  if (!batches.hasTitle(portrait.id)) blockers.push({ kind: 'noTitle' });
  const known = batches.acknowledged(portrait.id);
  const warnings = portrait.warnings.filter((warning) => !known.includes(warning));
  if (warnings.length > 0) blockers.push({ kind: 'warnings', warnings });
  if (batch.needsTranscript) blockers.push(...transcriptBlockers(portrait, mayUse));
  return blockers;
}

function transcriptBlockers(portrait: Portrait, mayUse: Asked['mayUse']): Blocker[] {
  const gate = mayUse(portrait.id, 'transcript');
  // What the gate says of the whole portrait is told once.
  if (!gate.allowed && gate.why === 'notThisPurpose') return [{ kind: 'transcriptNotAllowed', why: gate.why }];
  if (portrait.transcript === null || portrait.transcript.cues.length === 0) return [{ kind: 'noTranscript' }];
  return portrait.transcript.checked ? [] : [{ kind: 'transcriptUnchecked' }];
}

/** Whether the transcript goes along: read through by a host, and allowed. */
export function transcriptGoes(portrait: Portrait, mayUse: Asked['mayUse']): boolean {
  const { transcript } = portrait;
  const ready = transcript?.checked === true && transcript.cues.length > 0;
  return ready && mayUse(portrait.id, 'transcript').allowed;
}
