import { useSyncExternalStore } from 'react';
import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';

/** Whether drafts of these names were found again and nobody has decided about them; when the newest was written on. */
export function useFound(names: readonly string[]): string | undefined {
  const { drafts } = useDesk();
  const newest = () =>
    names
      .flatMap((name) => drafts.found(name)?.at ?? [])
      .sort()
      .at(-1);
  return useSyncExternalStore(drafts.subscribe, newest);
}

/**
 * Says that what stands here is a draft of before, beside what is stored: kept, it is what is being written; thrown away, it
 * can be had back for a moment.
 */
export function FoundDraft({ names, onDropped }: { names: readonly string[]; onDropped?(): void }) {
  const { say, format, drafts, tell } = useDesk();
  const at = useFound(names);
  if (at === undefined) return null;

  function drop() {
    const before = names.flatMap((name) =>
      drafts.found(name) === undefined ? [] : [{ name, value: drafts.get(name) }],
    );
    for (const { name } of before) drafts.drop(name);
    onDropped?.();
    tell({
      text: say('draftDropped'),
      undo() {
        for (const { name, value } of before) drafts.set(name, value);
      },
    });
  }
  return (
    <div className="draft-found" role="status">
      <span>{say('draftFound', { when: format.moment(at) })}</span>
      <span className="draft-found-buttons">
        <Button
          onClick={() => {
            for (const name of names) drafts.keep(name);
          }}
        >
          {say('draftKeep')}
        </Button>
        <Button onClick={drop}>{say('draftDrop')}</Button>
      </span>
    </div>
  );
}
