import type { BatchItem } from '../../../shared/contract/batches.ts';
import type { Blocker } from '../../../shared/domain/batch.ts';
import type { DeskSay } from '../../../shared/i18n/desk/words.ts';
import { useDesk } from '../desk-context.ts';
import { placeHash } from '../place.ts';
import { marksOf } from '../portraits/marks.ts';

/** A reason in one short line. */
export function blockerText(blocker: Blocker, say: DeskSay): string {
  if (blocker.kind === 'gate') return say(`gate_${blocker.why}`);
  if (blocker.kind !== 'warnings') return say(`block_${blocker.kind}`);
  const marks = marksOf({ warnings: blocker.warnings, recovered: false, confirmed: true, language: 'fr' }, say);
  return say('block_warnings', { what: marks.map((mark) => mark.text).join(', ') });
}

/** What the link to the portrait is called: what is to be done there. */
function mendText(blocker: Blocker, say: DeskSay): string {
  switch (blocker.kind) {
    case 'notApproved':
      return say('mendApprove');
    case 'noTitle':
      return say('mendTitle');
    case 'noTranscript':
    case 'transcriptUnchecked':
      return say('mendTranscript');
    default:
      return say('mendSee');
  }
}

/** Everything that keeps a portrait in the house, each with the way to mend it. */
export function Blockers({ item, onAcknowledge }: { item: BatchItem; onAcknowledge(): void }) {
  const { say } = useDesk();
  if (item.blockers.length === 0) return <span className="mark batch-ready">{say('batchReady')}</span>;
  return (
    <ul className="blockers">
      {item.blockers.map((blocker) => (
        <li key={blocker.kind}>
          <span className="mark mark-warn">{blockerText(blocker, say)}</span>
          {blocker.kind === 'warnings' && (
            <button type="button" className="mend" onClick={onAcknowledge}>
              {say('mendAcknowledge')}
            </button>
          )}
          <a className="mend" href={placeHash({ screen: 'portraits', view: 'all', id: item.portraitId })}>
            {mendText(blocker, say)}
          </a>
        </li>
      ))}
    </ul>
  );
}
