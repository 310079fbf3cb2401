import type { ReactNode } from 'react';
import type { PortraitWords } from '../../../shared/contract/words.ts';
import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';
import { languageKeys } from '../settings/texts-field.tsx';
import type { WordKey } from './draft.ts';

export interface SidesProps {
  why: string;
  mine: ReactNode;
  theirs: ReactNode;
  busy: boolean;
  onMine(): void;
  onTheirs(): void;
}

/** Two versions of the same thing side by side; neither is lost before a host has chosen. */
export function Sides({ why, mine, theirs, busy, onMine, onTheirs }: SidesProps) {
  const { say } = useDesk();
  return (
    <section className="conflict" role="alert">
      <p className="conflict-why">{why}</p>
      <div className="conflict-sides">
        <div className="conflict-side">
          <h3>{say('conflictMine')}</h3>
          {mine}
          <Button look="main" disabled={busy} onClick={onMine}>
            {say('keepMine')}
          </Button>
        </div>
        <div className="conflict-side">
          <h3>{say('conflictTheirs')}</h3>
          {theirs}
          <Button look="equal" disabled={busy} onClick={onTheirs}>
            {say('takeTheirs')}
          </Button>
        </div>
      </div>
    </section>
  );
}

export interface ConflictProps {
  /** Fields both wrote; the others are in no conflict and are not shown. */
  fields: readonly WordKey[];
  mine: PortraitWords;
  theirs: PortraitWords;
  busy: boolean;
  onMine(): void;
  onTheirs(): void;
}

export function Conflict({ fields, mine, theirs, ...rest }: ConflictProps) {
  const { say } = useDesk();
  return (
    <Sides
      why={say('conflict')}
      mine={<Version fields={fields} words={mine} />}
      theirs={<Version fields={fields} words={theirs} />}
      {...rest}
    />
  );
}

function Version({ fields, words }: { fields: readonly WordKey[]; words: PortraitWords }) {
  const { say } = useDesk();
  const { firstName, trade } = words.speaker;
  const shown: Record<WordKey, [string, string]> = {
    title: [say('title'), words.title || say('noName')],
    text: [say('summary'), words.text || say('noText')],
    tags: [say('tags'), words.tags.join(', ') || say('noTags')],
    speaker: [say('person'), [firstName, trade].filter((part) => part !== '').join(', ') || say('noName')],
    notes: [say('notes'), words.notes || say('noNotes')],
    rating: [say('rating'), words.rating === 0 ? say('ratingNone') : say('ratingOf', { n: words.rating })],
    language: [say('spokenLanguage'), say(languageKeys[words.language])],
  };
  return (
    <dl>
      {fields.map((key) => (
        <div key={key}>
          <dt className="soft">{shown[key][0]}</dt>
          <dd className="conflict-text">{shown[key][1]}</dd>
        </div>
      ))}
    </dl>
  );
}
