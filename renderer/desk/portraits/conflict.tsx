import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';
import type { PortraitWords } from './draft.ts';

export interface ConflictProps {
  mine: PortraitWords;
  theirs: PortraitWords;
  busy: boolean;
  onMine(): void;
  onTheirs(): void;
}

/** Two versions of the same words side by side; neither is lost before a host has chosen. */
export function Conflict({ mine, theirs, busy, onMine, onTheirs }: ConflictProps) {
  const { say } = useDesk();
  return (
    <section className="conflict" role="alert">
      <p className="conflict-why">{say('conflict')}</p>
      <div className="conflict-sides">
        <Side title={say('conflictMine')} words={mine}>
          <Button look="main" disabled={busy} onClick={onMine}>
            {say('keepMine')}
          </Button>
        </Side>
        <Side title={say('conflictTheirs')} words={theirs}>
          <Button look="equal" disabled={busy} onClick={onTheirs}>
            {say('takeTheirs')}
          </Button>
        </Side>
      </div>
    </section>
  );
}

function Side({ title, words, children }: { title: string; words: PortraitWords; children: React.ReactNode }) {
  const { say } = useDesk();
  return (
    <div className="conflict-side">
      <h3>{title}</h3>
      <p>
        <strong>{words.title || say('noName')}</strong>
      </p>
      <p className="conflict-text">{words.text || say('noText')}</p>
      <p className="soft">{words.tags.join(', ') || say('noTags')}</p>
      {children}
    </div>
  );
}
