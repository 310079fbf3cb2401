import type { z } from 'zod';
import type { microphoneReport } from '../../../shared/contract/booth.ts';
import type { BoothDevices } from '../../../shared/contract/devices.ts';
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
  chosenMissing: 'bad',
  noMicrophone: 'bad',
};

const gone: readonly string[] = ['lost', 'missing', 'chosenMissing', 'noMicrophone'];

interface KnownDevices {
  devices: BoothDevices | null;
  seenAt: string | null;
}

const told = (severity: HealthCheck['severity'], code: string, figures: HealthCheck['figures']): HealthCheck => ({
  id: 'microphone',
  severity,
  code,
  figures,
});

/** The booth's page tells how the microphone fares; nothing is known of it before the first visitor. */
export function createMicrophoneWatch(now: () => Date) {
  let last: { report: MicrophoneReport; at: string } | undefined;
  return {
    report(report: MicrophoneReport): void {
      last = { report, at: now().toISOString() };
    },
    /** Also by what the booth's page says it has and misses just now, whether a visitor is there or not. */
    check({ devices, seenAt }: KnownDevices = { devices: null, seenAt: null }): HealthCheck {
      const missed = devices?.missing.microphone ?? null;
      if (missed !== null) return told('bad', 'chosenMissing', { device: missed });
      const device = devices?.microphones.find(({ current }) => current)?.name;
      // What went missing and is listed again since is ready, though no visitor has used it yet.
      const back = device !== undefined && (last === undefined || (seenAt ?? '') > last.at);
      const found = asReported();
      const passed = found.code === 'unused' || gone.includes(found.code);
      if (back && passed) return told('good', 'ready', { device });
      if (found.severity === 'bad') return found;
      const silent = devices?.missing.loudspeaker ?? null;
      if (silent !== null) return told('notice', 'loudspeakerMissing', { device: silent });
      if (devices?.doubtful && device !== undefined) return told('notice', 'doubtful', { device });
      return found;
    },
  };

  function asReported(): HealthCheck {
    if (last === undefined) return { id: 'microphone', severity: 'unknown', code: 'unused', figures: {} };
    const { state, device } = last.report;
    return { id: 'microphone', severity: severities[state], code: state, figures: { device, at: last.at } };
  }
}
export type MicrophoneWatch = ReturnType<typeof createMicrophoneWatch>;
