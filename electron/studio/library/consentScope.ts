import {
  choicesPayload,
  correctionPayload,
  recordPayload,
  resolutionPayload,
  withdrawalPayload,
} from '../../../shared/contract/evidence.ts';
import type { ConsentScope } from '../../../shared/domain/consent.ts';
import type { ConsentRecord } from '../../../shared/domain/evidence.ts';

/**
 * What a portrait's records say in short: the latest choices, less what was taken back since. Undefined without a yes to
 * being recorded, and once the person is erased.
 */
export function scopeOf(records: readonly Pick<ConsentRecord, 'kind' | 'payload'>[]): ConsentScope | undefined {
  let scope: ConsentScope | undefined;
  for (const { kind, payload } of records) {
    if (kind === 'erasure') scope = undefined;
    if (payload === null) {
      // Choices that damage took cannot be proven, and what was allowed before them may have been taken back by them.
      if (scope !== undefined && (kind === 'choices' || kind === 'withdrawal')) scope = { ...scope, purposes: null };
      continue;
    }
    const value: unknown = JSON.parse(payload);
    if (kind === 'record') {
      const yes = recordPayload.parse(value);
      scope ??= {
        ageBand: yes.ageBand,
        guardians: yes.guardians.length,
        guardiansNeeded: yes.guardiansNeeded,
        purposes: null,
        withdrawn: [],
        nameShown: null,
        pseudonym: '',
        until: null,
      };
    }
    if (scope === undefined) continue;
    if (kind === 'choices') {
      const { purposes, nameShown, pseudonym, until } = choicesPayload.parse(value);
      scope = {
        ...scope,
        purposes,
        nameShown,
        pseudonym,
        until,
        withdrawn: scope.withdrawn.filter((one) => !purposes.includes(one)),
      };
    }
    if (kind === 'correction') {
      const { until } = correctionPayload.parse(value);
      if (until !== null) scope = { ...scope, until };
    }
    if (kind === 'resolution') {
      const { restored } = resolutionPayload.parse(value);
      const back = restored.filter((one) => !scope?.purposes?.includes(one));
      scope = {
        ...scope,
        purposes: scope.purposes === null ? null : [...scope.purposes, ...back],
        withdrawn: scope.withdrawn.filter((one) => !restored.includes(one)),
      };
    }
    if (kind === 'withdrawal') {
      const { purposes: gone } = withdrawalPayload.parse(value);
      scope = {
        ...scope,
        purposes: scope.purposes?.filter((one) => !gone.includes(one)) ?? null,
        withdrawn: [...scope.withdrawn, ...gone.filter((one) => !scope?.withdrawn.includes(one))],
      };
    }
  }
  return scope;
}
