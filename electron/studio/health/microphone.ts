import type { z } from 'zod';
import type { microphoneReport } from '../../../shared/contract/booth.ts';
import type { HealthCheck } from '../../../shared/contract/health.ts';

export type MicrophoneReport = z.infer<typeof microphoneReport>;

const severities: Record<MicrophoneReport['state'], HealthCheck['severity']> = {
  working: 'good',
  fallback: 'notice',
  silent: 'bad',
  stalled: 'notice',
  lost: 'bad',
  refused: 'bad',
  missing: 'bad',
};

/** The booth's page tells how the microphone fares; nothing is known of it before the first visitor. */
export function createMicrophoneWatch(now: () => Date) {
  let last: { report: MicrophoneReport; at: string } | undefined;
  return {
    report(report: MicrophoneReport): void {
      last = { report, at: now().toISOString() };
    },
    check(): HealthCheck {
      if (last === undefined) return { id: 'microphone', severity: 'unknown', code: 'unused', figures: {} };
      const { state, device } = last.report;
      return { id: 'microphone', severity: severities[state], code: state, figures: { device, at: last.at } };
    },
  };
}
export type MicrophoneWatch = ReturnType<typeof createMicrophoneWatch>;
