import type { HealthCheck } from '../../../shared/contract/health.ts';

export type FfmpegState = { ok: true; version: string; source: string } | { ok: false };

/** Without ffmpeg the booth records and plays back, but nothing can be rendered or published. */
export function checkFfmpeg(state: FfmpegState): HealthCheck {
  if (!state.ok) return { id: 'ffmpeg', severity: 'bad', code: 'missing', figures: {} };
  return { id: 'ffmpeg', severity: 'good', code: 'ok', figures: { version: state.version, source: state.source } };
}

export interface QueueState {
  waiting: number;
  failed: number;
  /** Destinations that wait for a hand. */
  paused: number;
}

export function checkQueue({ waiting, failed, paused }: QueueState): HealthCheck {
  const figures = { waiting, failed, paused };
  if (paused > 0) return { id: 'queue', severity: 'bad', code: 'paused', figures };
  if (failed > 0) return { id: 'queue', severity: 'notice', code: 'failed', figures };
  return { id: 'queue', severity: 'good', code: waiting > 0 ? 'waiting' : 'ok', figures };
}

export interface DatabaseState {
  opening: 'opened' | 'created' | 'rebuilt' | 'restored' | 'renewed';
  /** What is known to be missing after a damage: portraits, portraits as an older copy has them, links of the evidence. */
  missing: { portraits: number; older: number; consents: number };
  /** Damage was found while the studio runs. */
  damaged: boolean;
  /** Why the newest copy could not be made; null when it was. */
  failing: 'noRoom' | 'error' | null;
}

/** What is damaged now goes before what was mended at the start, and that before a copy that could not be made. */
export function checkDatabase({ opening, missing, damaged, failing }: DatabaseState): HealthCheck {
  const check = (severity: HealthCheck['severity'], code: string): HealthCheck => {
    return { id: 'database', severity, code, figures: { ...missing } };
  };
  if (damaged) return check('bad', 'damaged');
  if (opening === 'renewed') return check('bad', 'renewed');
  if (missing.portraits + missing.consents > 0) return check('bad', 'incomplete');
  if (missing.older > 0) return check('notice', 'older');
  if (opening === 'restored' || opening === 'rebuilt') return check('notice', opening);
  if (failing !== null) return check('notice', failing === 'noRoom' ? 'noRoom' : 'noCopy');
  return check('good', 'ok');
}

export type EvidenceState = { ok: true; records: number; lost: number } | { ok: false; fault: string; seq: number };

/** What the seals beside the library say; `restored`: links missing since the studio put an older library back. */
export type SealState =
  | { ok: true; restored: number | null; anew: boolean }
  | { ok: false; fault: string; seq: number; missing: number };
const sealsGood: SealState = { ok: true, restored: null, anew: false };

/** Evidence that was changed after the fact proves nothing any more: somebody has to know at once. */
export function checkConsent(state: EvidenceState, seals: SealState = sealsGood): HealthCheck {
  if (state.ok && !seals.ok) {
    return { id: 'consent', severity: 'bad', code: seals.fault, figures: { seq: seals.seq, missing: seals.missing } };
  }
  if (state.ok && seals.ok && state.lost === 0 && (seals.restored !== null || seals.anew)) {
    const code = seals.restored === null ? 'sealedAnew' : 'putBack';
    return { id: 'consent', severity: 'notice', code, figures: { missing: seals.restored ?? 0 } };
  }
  if (state.ok) {
    const figures = { records: state.records, lost: state.lost };
    return {
      id: 'consent',
      severity: state.lost > 0 ? 'notice' : 'good',
      code: state.lost > 0 ? 'gaps' : 'ok',
      figures,
    };
  }
  return { id: 'consent', severity: 'bad', code: 'broken', figures: { fault: state.fault, seq: state.seq } };
}
