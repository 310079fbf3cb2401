import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { ListedTag } from '../../../shared/contract/words.ts';
import { longestTag } from '../../../shared/domain/tags.ts';
import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';
import { FoundDraft } from '../drafts/found-draft.tsx';
import { useFormDraft } from '../drafts/use-form-draft.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { codeOf, dataOf } from '../problems.ts';
import { useTags } from './tags-field.tsx';

/** An act on tags with its undo; the answer's list is shown at once. */
function useTagAct() {
  const { api, say, tell, tellProblem } = useDesk();
  const queries = useQueryClient();
  function refresh(tags: ListedTag[]) {
    queries.setQueryData(['portraits', 'tags'], { tags });
    void queries.invalidateQueries({ queryKey: ['portraits'] });
  }
  const undo = (act: string) =>
    void api.words.undoTags({ act }).then(
      ({ tags }) => {
        refresh(tags);
        tell({ text: say('undone') });
      },
      (error: unknown) =>
        codeOf(error) === 'GONE' ? tell({ text: say('tagUndoGone'), tone: 'bad' }) : tellProblem(error),
    );
  return useMutation({
    async mutationFn({ act }: { act(): Promise<{ act: string; tags: ListedTag[] }>; done: string }) {
      return act();
    },
    onSuccess({ act, tags }, { done }) {
      refresh(tags);
      tell({ text: done, undo: () => undo(act) });
    },
    onError(error) {
      const code = codeOf(error);
      if (code === 'NAME_TAKEN') return;
      if (code === 'NOT_FOUND') {
        void queries.invalidateQueries({ queryKey: ['portraits', 'tags'] });
        tell({ text: say('tagGone'), tone: 'bad' });
      } else tellProblem(error);
    },
  });
}

/** Every tag with its use: rename, merge, and take away those nobody carries; each act can be undone. */
export function TagsManager() {
  const { drafts, api, say, format } = useDesk();
  const { data: tags, error, isError, refetch } = useTags();
  const act = useTagAct();
  const [picked, setPicked] = useState<readonly number[]>([]);
  const [renaming, setRenaming] = useState<ListedTag | null>(null);
  const [merging, setMerging] = useState<{ tags: ListedTag[]; into: number } | null>(null);

  if (tags === undefined) {
    return isError ? <Trouble error={error} onRetry={() => void refetch()} /> : <p>{say('loading')}</p>;
  }
  if (tags.length === 0) return <p className="soft">{say('tagsNone')}</p>;
  const unused = tags.filter((tag) => tag.count === 0).length;
  const chosen = tags.filter((tag) => picked.includes(tag.id));
  const use = (count: number) => {
    if (count === 0) return say('tagUnused');
    return count === 1 ? say('tagUseOne') : say('tagUse', { n: format.whole(count) });
  };

  function merge(into: ListedTag, all: readonly ListedTag[]) {
    const ids = all.map((tag) => tag.id).filter((id) => id !== into.id);
    act.mutate({
      act: () => api.words.mergeTags({ ids, into: into.id }),
      done: say('tagMerged', { tag: into.name }),
    });
    setPicked([]);
    setMerging(null);
    setRenaming(null);
  }

  return (
    <div className="tags-manager">
      <ul className="tag-list">
        {tags.map((tag) => (
          <li key={tag.id}>
            <label>
              <input
                type="checkbox"
                aria-label={say('tagChoose', { tag: tag.name })}
                checked={picked.includes(tag.id)}
                onChange={(event) =>
                  setPicked(event.target.checked ? [...picked, tag.id] : picked.filter((id) => id !== tag.id))
                }
              />
              <span className="tag-name">{tag.name}</span>
              <span className="soft tabular">{use(tag.count)}</span>
            </label>
            <Button aria-label={say('tagRenameOne', { tag: tag.name })} onClick={() => setRenaming(tag)}>
              {say('tagRename')}
            </Button>
          </li>
        ))}
      </ul>
      <div className="tags-acts">
        <Button
          look="main"
          disabled={chosen.length < 2 || act.isPending}
          onClick={() => setMerging({ tags: chosen, into: chosen[0]?.id ?? 0 })}
        >
          {chosen.length < 2 ? say('tagMergeNone') : say('tagMerge', { n: chosen.length })}
        </Button>
        {unused > 0 && (
          <Button
            disabled={act.isPending}
            onClick={() =>
              act.mutate({ act: () => api.words.removeUnusedTags({}), done: say('tagsRemoved', { n: unused }) })
            }
          >
            {say('tagRemoveUnused', { n: unused })}
          </Button>
        )}
      </div>
      {renaming !== null && (
        <Rename
          tag={renaming}
          busy={act.isPending}
          onClose={() => setRenaming(null)}
          onRename={async (name) => {
            try {
              await act.mutateAsync({
                act: () => api.words.renameTag({ id: renaming.id, name }),
                done: say('tagRenamed', { tag: name }),
              });
              drafts.drop(`tag-${renaming.id}`);
              setRenaming(null);
            } catch (error) {
              const other = tags.find((tag) => tag.id === dataOf(error, 'id'));
              if (codeOf(error) === 'NAME_TAKEN' && other !== undefined) return other;
              if (codeOf(error) !== 'NAME_TAKEN') setRenaming(null);
            }
            return undefined;
          }}
          onMerge={(into) => merge(into, [renaming, into])}
        />
      )}
      {merging !== null && (
        <Merge
          tags={merging.tags}
          into={merging.into}
          onInto={(into) => setMerging({ ...merging, into })}
          onClose={() => setMerging(null)}
          onMerge={(into) => merge(into, merging.tags)}
        />
      )}
    </div>
  );
}

interface RenameProps {
  tag: ListedTag;
  busy: boolean;
  onClose(): void;
  /** Answers the tag that is called so already, if one is. */
  onRename(name: string): Promise<ListedTag | undefined>;
  onMerge(into: ListedTag): void;
}

function Rename({ tag, busy, onClose, onRename, onMerge }: RenameProps) {
  const { say } = useDesk();
  const id = useId();
  const draftName = `tag-${tag.id}`;
  const { fields, write, drop } = useFormDraft(draftName, { name: tag.name });
  const { name } = fields;
  const [taken, setTaken] = useState<ListedTag>();
  return (
    <Dialog title={say('tagRenameOne', { tag: tag.name })} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (taken !== undefined) {
            drop();
            onMerge(taken);
          } else if (name.trim() !== '') {
            void onRename(name.trim()).then(setTaken);
          }
        }}
      >
        <FoundDraft names={[draftName]} />
        <div className="field">
          <label htmlFor={id}>{say('tagNewName')}</label>
          <input
            id={id}
            value={name}
            maxLength={longestTag}
            onChange={(event) => {
              write({ name: event.target.value });
              setTaken(undefined);
            }}
          />
          <p className="problem" aria-live="polite">
            {taken !== undefined && say('tagTaken', { tag: taken.name })}
          </p>
        </div>
        <div className="dialog-foot">
          <Button
            onClick={() => {
              drop();
              onClose();
            }}
          >
            {say('cancel')}
          </Button>
          <Button look="main" type="submit" disabled={busy || name.trim() === ''}>
            {say(taken === undefined ? 'tagRename' : 'tagMergeGo')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface MergeProps {
  tags: ListedTag[];
  into: number;
  onInto(id: number): void;
  onClose(): void;
  onMerge(into: ListedTag): void;
}

function Merge({ tags, into, onInto, onClose, onMerge }: MergeProps) {
  const { say } = useDesk();
  const id = useId();
  const target = tags.find((tag) => tag.id === into);
  return (
    <Dialog title={say('tagMergeTitle')} onClose={onClose}>
      <fieldset className="checks">
        <legend>{say('tagMergeInto')}</legend>
        {tags.map((tag) => (
          <label key={tag.id}>
            <input type="radio" name={id} checked={tag.id === into} onChange={() => onInto(tag.id)} />
            {tag.name}
          </label>
        ))}
      </fieldset>
      <div className="dialog-foot">
        <Button onClick={onClose}>{say('cancel')}</Button>
        <Button look="main" disabled={target === undefined} onClick={() => target !== undefined && onMerge(target)}>
          {say('tagMergeGo')}
        </Button>
      </div>
    </Dialog>
  );
}
