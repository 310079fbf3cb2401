import { type FormEvent, useEffect, useId, useRef } from 'react';
import type { PortraitDetail } from '../../../shared/contract/library.ts';
import type { SomeWords } from '../../../shared/contract/words.ts';
import { suggestTitle } from '../../../shared/domain/titles.ts';
import { Button } from '../../ui/Button.tsx';
import { useDesk, useKey } from '../desk-context.ts';
import { useDraft } from '../drafts/drafts.ts';
import { FoundDraft } from '../drafts/found-draft.tsx';
import { leaveOnEscape } from '../parts/leave.ts';
import { codeOf } from '../problems.ts';
import { Conflict } from './conflict.tsx';
import { conflicts, type Draft, draftState, giveWay, shownWords, wordsOf, write } from './draft.ts';
import { PersonFields } from './person-fields.tsx';
import { taggingName, useSaveWords, wordsDrafts, wordsName } from './saving.ts';
import { TagsField } from './tags-field.tsx';
import { TitleField } from './title-field.tsx';
import { publicNameOf, titlesOf } from './titles.ts';

/** Longest summary and notes the library takes, in characters. */
const textLimit = 4000;

export interface WordsFormProps {
  portrait: PortraitDetail;
  /** The field a key asked for, once. */
  wanted: 'title' | 'tags' | null;
  onThere(): void;
}

/** All that is written about a portrait but its transcript. What is typed is kept until it is saved, wherever one goes. */
export function WordsForm({ portrait, wanted, onThere }: WordsFormProps) {
  const { say, drafts, tell, tellProblem } = useDesk();
  const title = useRef<HTMLInputElement>(null);
  const tags = useRef<HTMLInputElement>(null);
  const [draft, setDraft, dropDraft] = useDraft<Draft>(drafts, wordsName(portrait.id));
  const stored = wordsOf(portrait);
  const state = draftState(draft, stored);
  const words = shownWords(draft, stored);
  const saving = useSaveWords();

  // Somebody saved the very same meanwhile: there is nothing left to decide.
  useEffect(() => {
    if (draft !== undefined && state === 'clean' && !saving.isPending) dropDraft();
  });

  useEffect(() => {
    if (wanted === null) return;
    (wanted === 'title' ? title : tags).current?.focus();
    onThere();
  }, [wanted, onThere]);

  const put = (next: Draft | undefined) => (next === undefined ? dropDraft() : setDraft(next));
  const change = (part: SomeWords) => put(write(draft, stored, part));
  function store() {
    if (draft === undefined) return;
    saving.mutate(
      { portrait, draft },
      {
        onSuccess: () => tell({ text: say('saved') }),
        onError(error) {
          const code = codeOf(error);
          // The two versions then stand side by side, which says it all.
          if (code === 'STALE') return;
          if (code === 'UNKNOWN_COOPERATIVE') tell({ text: say('unknownCooperative'), tone: 'bad' });
          else tellProblem(error);
        },
      },
    );
  }
  const save = () => {
    if (state === 'dirty' && !saving.isPending) store();
  };
  useKey('save', save);

  function submit(event: FormEvent) {
    event.preventDefault();
    save();
  }

  // Beside the form, never in its place: letters typed into a field that is gone would be keys of the desk.
  const clash = draft !== undefined && state === 'conflict' && (
    <Conflict
      fields={conflicts(draft, stored)}
      mine={words}
      theirs={stored}
      busy={saving.isPending}
      onMine={store}
      onTheirs={() => put(giveWay(draft, stored))}
    />
  );
  const { cooperative, speaker } = portrait;
  // What it is called while the field is empty; its code is for the desk alone.
  const fallback =
    suggestTitle({ publicName: publicNameOf(portrait), trade: speaker.trade, cooperative }) ||
    `Portrait ${portrait.code ?? ''}`.trim();
  return (
    <form className="words" onSubmit={submit} aria-label={say('words')}>
      {clash}
      <FoundDraft names={wordsDrafts(portrait.id)} />
      <TitleField
        value={words.title}
        fallback={fallback}
        suggestions={titlesOf(portrait, words.speaker)}
        field={title}
        onChange={(text) => change({ title: text })}
      />
      <TextField
        label={say('summary')}
        hint={say('summaryHint')}
        value={words.text}
        onChange={(text) => change({ text })}
      />
      <TagsField
        tags={words.tags}
        field={tags}
        draft={taggingName(portrait.id)}
        onChange={(list) => change({ tags: list })}
      />
      <details className="person-part">
        <summary>
          {say('person')}
          <span className="soft">
            {[words.speaker.firstName, words.speaker.trade].filter((part) => part.trim() !== '').join(', ')}
          </span>
        </summary>
        <PersonFields words={words} onChange={change} />
      </details>
      <TextField
        internal
        label={say('notes')}
        hint={say('notesHint')}
        value={words.notes}
        onChange={(notes) => change({ notes })}
      />
      {state === 'dirty' && (
        <div className="words-save">
          <Button look="main" type="submit" disabled={saving.isPending} keyName="Ctrl S">
            {say(saving.isPending ? 'saving' : 'save')}
          </Button>
          <Button onClick={dropDraft}>{say('revert')}</Button>
        </div>
      )}
    </form>
  );
}

interface TextFieldProps {
  label: string;
  hint: string;
  value: string;
  /** Never leaves the desk, and looks like it. */
  internal?: boolean;
  onChange(text: string): void;
}

function TextField({ label, hint, value, internal = false, onChange }: TextFieldProps) {
  const id = useId();
  return (
    <div className={internal ? 'field field-internal' : 'field'}>
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        rows={internal ? 2 : 3}
        value={value}
        maxLength={textLimit}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={leaveOnEscape}
      />
      <p className="hint" id={`${id}-hint`}>
        {hint}
      </p>
    </div>
  );
}
