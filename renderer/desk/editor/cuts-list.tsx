import { removeCut } from '../../../shared/domain/edit/moves.ts';
import type { Edit } from '../../../shared/domain/sound.ts';
import { useDesk } from '../desk-context.ts';
import { joinSide } from './selection.ts';
import { timeText } from './time-text.ts';
import { Tool } from './tool.tsx';
import type { ChangeEdit } from './use-change.ts';

/** The cuts in words: hear each join, take each back. */
export function CutsList({ edit, disabled, change }: { edit: Edit; disabled: boolean; change: ChangeEdit }) {
  const { say, player, language, format } = useDesk();
  if (edit.cuts.length === 0) return null;
  return (
    <section className="edit-list">
      <h3>{say('cuts')}</h3>
      <ol>
        {edit.cuts.map((cut, index) => {
          const times = { from: timeText(cut.start, language), to: timeText(cut.end, language) };
          const length = format.decimal(cut.end - cut.start);
          const name = say('cutItem', { n: index + 1, ...times, length });
          return (
            <li key={`${cut.start}-${cut.end}`} aria-label={name}>
              <span className="tabular edit-list-times">
                {times.from} → {times.to}
              </span>
              <span className="edit-list-length soft tabular">{say('cutLabel', { length })}</span>
              <Tool
                icon="▶"
                aria-label={`${say('cutJoin')} ${index + 1}`}
                onClick={() => void player.play({ from: cut.start - joinSide, until: cut.end + joinSide })}
              >
                {say('cutJoin')}
              </Tool>
              <Tool
                disabled={disabled}
                aria-label={`${say('cutRestore')} ${index + 1}`}
                onClick={() => change((now) => removeCut(now, index), { label: 'stepRestore' })}
              >
                {say('cutRestore')}
              </Tool>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
