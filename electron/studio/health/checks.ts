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

export function checkDatabase(opening: 'opened' | 'created' | 'rebuilt' | 'restored' | 'renewed'): HealthCheck {
  if (opening === 'restored') return { id: 'database', severity: 'notice', code: 'restored', figures: {} };
  if (opening === 'renewed') return { id: 'database', severity: 'bad', code: 'renewed', figures: {} };
  return { id: 'database', severity: 'good', code: 'ok', figures: {} };
}

export type EvidenceState = { ok: true; records: number } | { ok: false; fault: string; seq: number };

/** Evidence that was changed after the fact proves nothing any more: somebody has to know at once. */
export function checkConsent(state: EvidenceState): HealthCheck {
  if (state.ok) return { id: 'consent', severity: 'good', code: 'ok', figures: { records: state.records } };
  return { id: 'consent', severity: 'bad', code: 'broken', figures: { fault: state.fault, seq: state.seq } };
}
