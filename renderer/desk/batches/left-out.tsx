import type { LeftOut } from '../../../shared/domain/batch.ts';
import { useDesk } from '../desk-context.ts';
import { placeHash } from '../place.ts';
import { blockerText } from './blockers.tsx';

/** Who stays in the house, and why; nothing where nobody does. */
export function LeftOutList({ leftOut }: { leftOut: readonly LeftOut[] }) {
  const { say } = useDesk();
  if (leftOut.length === 0) return null;
  return (
    <div className="left-out">
      <h3>{say('exportLeftOut')}</h3>
      <ul>
        {leftOut.map(({ portraitId, title, blockers }) => (
          <li key={portraitId}>
            <a href={placeHash({ screen: 'portraits', view: 'all', id: portraitId })}>{title || say('noName')}</a>
            <span className="soft"> : {blockers.map((blocker) => blockerText(blocker, say)).join(' · ')}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
