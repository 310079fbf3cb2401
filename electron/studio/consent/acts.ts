import type { ConsentAct } from '../../../shared/contract/authorisation.ts';
import {
  type ChosenBy,
  choicesPayload,
  correctionPayload,
  recordPayload,
  resolutionPayload,
  withdrawalPayload,
} from '../../../shared/contract/evidence.ts';
import type { ConsentRecord, ErasureReason, Resolution } from '../../../shared/domain/evidence.ts';

/** The evidence of one portrait for a glance at the desk, with the right times where a clock was wrong. */
export function actsOf(records: readonly ConsentRecord[]): ConsentAct[] {
  const right = new Map<number, string>();
  for (const { kind, payload } of records) {
    if (kind !== 'correction' || payload === null) continue;
    for (const time of correctionPayload.parse(JSON.parse(payload)).times) right.set(time.seq, time.right);
  }
  return records.map((record) => ({ ...actOf(record), at: right.get(record.seq) ?? record.at }));
}

function actOf(record: ConsentRecord): ConsentAct {
  const { seq, kind, at, payload } = record;
  const act: ConsentAct = {
    seq,
    kind,
    at,
    by: null,
    method: null,
    note: '',
    purposes: [],
    all: false,
    reason: null,
    how: null,
  };
  if (kind === 'erasure') return { ...act, reason: (JSON.parse(record.facts) as { reason: ErasureReason }).reason };
  if (kind === 'resolution') act.how = (JSON.parse(record.facts) as { how: Resolution }).how;
  if (payload === null || kind === 'correction') return act;
  const value: unknown = JSON.parse(payload);
  if (kind === 'record') return { ...act, ...saidBy(recordPayload.parse(value).by) };
  if (kind === 'withdrawal') {
    const { purposes, all, by } = withdrawalPayload.parse(value);
    return { ...act, by: byRole(by.role), purposes, all };
  }
  if (kind === 'resolution') {
    const { restored, by } = resolutionPayload.parse(value);
    return { ...act, by: byRole(by.role), purposes: restored };
  }
  const { purposes, by } = choicesPayload.parse(value);
  return { ...act, ...saidBy(by), purposes };
}

function byRole(role: string): ConsentAct['by'] {
  return role === 'visitor' || role === 'site' || role === 'studio' ? role : 'staff';
}

function saidBy(by: ChosenBy): Pick<ConsentAct, 'by' | 'method' | 'note'> {
  return by.who === 'staff'
    ? { by: 'staff', method: by.method, note: by.note }
    : { by: by.who, method: null, note: '' };
}
