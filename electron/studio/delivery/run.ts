import type { DestinationKind, Memo, Site } from './kind.ts';
import type { LeaseStore, MayUse, PortraitText, RenditionOutcome, Topic } from './ports.ts';
import type { SettlementParts } from './settlement.ts';

/** Somebody else has the delivery now (or it was cancelled): whatever we know of it is out of date. */
export class LeaseLost extends Error {
  override name = 'LeaseLost';
}

/** What the run of one delivery needs, whichever way it goes. */
export interface RunParts extends SettlementParts {
  leases: LeaseStore;
  /** Whether the clock is believed. */
  trusted: () => boolean;
  kind: (name: string) => DestinationKind | undefined;
  site: (destinationId: string) => Site | 'noPassword' | undefined;
  renditions: (portraitId: string, deliveryId: string) => Promise<RenditionOutcome>;
  portrait: (portraitId: string) => PortraitText | undefined;
  mayUse: MayUse;
  /** How long after taking something down it is looked for once more, in milliseconds. */
  confirmAfterMs: number;
  /** Nothing of the portrait is left on one of its sites. */
  onTakenDown: (portraitId: string) => void;
  /** Told whenever something a host can see has changed. */
  onChange: (topic: Topic) => void;
}

export function parseMemo(text: string): Memo {
  const value: unknown = JSON.parse(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
