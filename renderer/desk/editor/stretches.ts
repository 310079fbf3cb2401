import type { Edit } from '../../../shared/domain/sound.ts';
import type { DeskSay } from '../../../shared/i18n/desk/words.ts';
import type { Selection } from './selection.ts';
import type { Stretch } from './wave/regions.ts';

export interface StretchParts {
  edit: Edit;
  selection: Selection | null;
  /** Shown when it is another beginning or end than the edit's. */
  suggested: Edit | null;
  locked: boolean;
  say: DeskSay;
  time(seconds: number): string;
  decimal(value: number): string;
}

/** Everything that is drawn over the wave as a stretch, with its words. */
export function stretchesOf({ edit, selection, suggested, locked, say, time, decimal }: StretchParts): Stretch[] {
  const parts = (start: number, end: number) => ({ from: time(start), to: time(end), length: decimal(end - start) });
  return [
    ...(suggested === null
      ? []
      : [
          {
            id: 'suggestion-0',
            start: suggested.in,
            end: suggested.out,
            content: say('suggestion'),
            label: say('suggestionLabel', { from: time(suggested.in), to: time(suggested.out) }),
            resize: false,
          },
        ]),
    ...edit.cuts.map(({ start, end }, index) => ({
      id: `cut-${index}`,
      start,
      end,
      content: say('cutLabel', { length: decimal(end - start) }),
      label: say('cutItem', { n: index + 1, ...parts(start, end) }),
      resize: !locked,
    })),
    ...(selection === null
      ? []
      : [
          {
            id: 'selection-0',
            ...selection,
            content: say('selectionShort', { length: decimal(selection.end - selection.start) }),
            label: say('selection', parts(selection.start, selection.end)),
            resize: true,
          },
        ]),
    ...edit.markers.map(({ at, word }, index) => ({
      id: `marker-${index}`,
      start: at,
      content: `◆ ${word}`,
      label: `${say('markerAt', { at: time(at) })} : ${word}`,
      resize: false,
    })),
  ];
}
