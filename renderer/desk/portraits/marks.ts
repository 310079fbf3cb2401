import type { PortraitRow } from '../../../shared/contract/library.ts';
import type { PortraitState } from '../../../shared/domain/portrait.ts';
import type { Warning } from '../../../shared/domain/sound.ts';
import type { DeskSay } from '../../../shared/i18n/desk/words.ts';

export const stateKeys = {
  recording: 'stateRecording',
  toReview: 'stateToReview',
  approved: 'stateApproved',
  published: 'statePublished',
  rejected: 'stateRejected',
  withdrawn: 'stateWithdrawn',
  erased: 'stateErased',
} as const satisfies Record<PortraitState, string>;

const warningKeys = {
  tooQuiet: 'markTooQuiet',
  clipped: 'markClipped',
  noisy: 'markNoisy',
  silent: 'markSilent',
  tooShort: 'markTooShort',
  gaps: 'markGaps',
} as const satisfies Record<Warning, string>;

type Marked = Pick<PortraitRow, 'warnings' | 'recovered' | 'confirmed' | 'language'> &
  Partial<Pick<PortraitRow, 'consent'>>;

/** What a host should know before listening, in words; `kind` is for the colour only. */
export function marksOf(row: Marked, say: DeskSay): { text: string; kind: 'warn' | 'plain' }[] {
  const marks: { text: string; kind: 'warn' | 'plain' }[] = row.warnings.map((warning) => ({
    text: say(warningKeys[warning]),
    kind: 'warn',
  }));
  if (row.consent?.erasesOn !== undefined) marks.unshift({ text: say('markPending'), kind: 'warn' });
  if (row.recovered) marks.push({ text: say('markRecovered'), kind: 'warn' });
  if (!row.confirmed) marks.push({ text: say('markUnconfirmed'), kind: 'warn' });
  if (row.language !== 'fr') marks.push({ text: row.language, kind: 'plain' });
  return marks;
}

/** Who speaks: first name and trade, or « Sans nom ». */
export function nameOf(row: Pick<PortraitRow, 'speaker'>, say: DeskSay): string {
  const { firstName, trade } = row.speaker;
  return [firstName.trim(), trade.trim()].filter((part) => part !== '').join(', ') || say('noName');
}
