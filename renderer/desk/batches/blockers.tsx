import type { BatchItem } from '../../../shared/contract/batches.ts';
import type { Blocker } from '../../../shared/domain/batch.ts';
import type { DeskSay } from '../../../shared/i18n/desk/words.ts';
import { useDesk } from '../desk-context.ts';
import { type PortraitPart, placeHash } from '../place.ts';
import { marksOf } from '../portraits/marks.ts';

/** A reason in one short line. */
export function blockerText(blocker: Blocker, say: DeskSay): string {
  if (blocker.kind === 'gate') return say(`gate_${blocker.why}`);
  if (blocker.kind !== 'warnings') return say(`block_${blocker.kind}`);
  const marks = marksOf({ warnings: blocker.warnings, recovered: false, confirmed: true, language: 'fr' }, say);
  return say('block_warnings', { what: marks.map((mark) => mark.text).join(', ') });
}

/** What the link to the portrait is called, and which part of it leads there: what is to be done. */
function mending(blocker: Blocker, say: DeskSay): { text: string; part?: PortraitPart } {
  switch (blocker.kind) {
    case 'notApproved':
      return { text: say('mendApprove') };
    case 'noTitle':
      return { text: say('mendTitle'), part: 'title' };
    case 'noTranscript':
    case 'transcriptUnchecked':
      return { text: say('mendTranscript'), part: 'transcript' };
    case 'gate':
      return { text: say('mendConsent'), part: 'consent' };
    default:
      return { text: say('mendSee') };
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
          <Mend portraitId={item.portraitId} blocker={blocker} />
        </li>
      ))}
    </ul>
  );
}

function Mend({ portraitId, blocker }: { portraitId: string; blocker: Blocker }) {
  const { say } = useDesk();
  const { text, ...part } = mending(blocker, say);
  return (
    <a className="mend" href={placeHash({ screen: 'portraits', view: 'all', id: portraitId, ...part })}>
      {text}
    </a>
  );
}
