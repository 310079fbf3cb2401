import { type FormEvent, useId, useRef } from 'react';
import type { PortraitDetail } from '../../../shared/contract/library.ts';
import { nameLimit, suggestTitle } from '../../../shared/domain/portrait.ts';
import { Button } from '../../ui/Button.tsx';
import { useDesk, useKey } from '../desk-context.ts';
import { useDraft } from '../drafts.ts';
import { leaveOnEscape } from '../parts/leave.ts';
import { codeOf } from '../problems.ts';
import { Conflict } from './conflict.tsx';
import { type Draft, draftState, type PortraitWords, wordsOf, write } from './draft.ts';
import { TagsField } from './tags-field.tsx';
import { useDescribe } from './use-changes.ts';

/** Longest text the library takes, in characters. */
const textLimit = 4000;

/** Title, text and tags. What is typed is kept until it is saved, wherever one goes meanwhile. */
export function WordsForm({ portrait }: { portrait: PortraitDetail }) {
  const { say, drafts, tell, tellProblem } = useDesk();
  const id = useId();
  const title = useRef<HTMLInputElement>(null);
  const [draft, setDraft, dropDraft] = useDraft<Draft>(drafts, `words-${portrait.id}`);
  const stored = wordsOf(portrait);
  const state = draftState(draft, stored);
  const words = draft?.mine ?? stored;
  const suggested = suggestTitle(portrait.speaker, portrait.cooperative);
  const describe = useDescribe();
  useKey('edit', () => title.current?.focus());

  const change = (part: Partial<PortraitWords>) => {
    const next = write(draft, stored, part);
    if (draftState(next, stored) === 'clean') dropDraft();
    else setDraft(next);
  };
  function store() {
    describe.mutate(
      { portrait, words },
      {
        onSuccess: () => tell({ text: say('saved') }),
        // The two versions then stand side by side, which says it all.
        onError: (error) => codeOf(error) !== 'STALE' && tellProblem(error),
      },
    );
  }
  const save = () => {
    if (state === 'dirty' && !describe.isPending) store();
  };
  useKey('save', save);

  function submit(event: FormEvent) {
    event.preventDefault();
    save();
  }

  if (draft !== undefined && state === 'conflict') {
    return <Conflict mine={draft.mine} theirs={stored} busy={describe.isPending} onMine={store} onTheirs={dropDraft} />;
  }
  return (
    <form className="words" onSubmit={submit} aria-label={say('words')}>
      <div className="field">
        <label htmlFor={`${id}-title`}>{say('title')}</label>
        <input
          ref={title}
          id={`${id}-title`}
          value={words.title}
          maxLength={nameLimit}
          placeholder={suggested}
          aria-describedby={`${id}-title-hint`}
          onChange={(event) => change({ title: event.target.value })}
          onKeyDown={leaveOnEscape}
        />
        <p className="hint" id={`${id}-title-hint`}>
          {words.title.trim() === '' &&
            say('titleHint', { title: suggested || `Portrait ${portrait.code ?? ''}`.trim() })}
        </p>
      </div>
      <div className="field">
        <label htmlFor={`${id}-text`}>{say('text')}</label>
        <textarea
          id={`${id}-text`}
          rows={3}
          value={words.text}
          maxLength={textLimit}
          aria-describedby={`${id}-text-hint`}
          onChange={(event) => change({ text: event.target.value })}
          onKeyDown={leaveOnEscape}
        />
        <p className="hint" id={`${id}-text-hint`}>
          {say('textHint')}
        </p>
      </div>
      <TagsField tags={words.tags} onChange={(tags) => change({ tags })} />
      {state === 'dirty' && (
        <div className="words-save">
          <Button look="main" type="submit" disabled={describe.isPending} keyName="Ctrl S">
            {say(describe.isPending ? 'saving' : 'save')}
          </Button>
          <Button onClick={dropDraft}>{say('revert')}</Button>
        </div>
      )}
    </form>
  );
}
