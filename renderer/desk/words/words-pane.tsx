import { useCallback, useId, useState } from 'react';
import type { PortraitDetail } from '../../../shared/contract/library.ts';
import { useDesk, useKey } from '../desk-context.ts';
import { useAiming } from '../portraits/use-aim.ts';
import { usePart } from '../portraits/use-part.ts';
import type { Pane } from '../preferences.ts';
import { type Draft, shownWords, wordsOf } from './draft.ts';
import { wordsName } from './saving.ts';
import { nextTitle, titlesOf } from './titles.ts';
import { TranscriptEditor } from './transcript-editor.tsx';
import { usePutWords } from './use-put-words.ts';
import { WordsForm } from './words-form.tsx';

const wordParts = ['title', 'transcript'] as const;
const panes: readonly Pane[] = ['words', 'transcript'];
const paneKeys = { words: 'paneWords', transcript: 'paneTranscript' } as const satisfies Record<Pane, string>;

/** What is written about a portrait, below its sound: its words, or its transcript; one keeps the one last used. */
export function WordsPane({ portrait }: { portrait: PortraitDetail }) {
  const { say, preferences, prefer, drafts, tell } = useDesk();
  const id = useId();
  const { pane } = preferences;
  const [wanted, setWanted] = useState<'title' | 'tags' | 'transcript' | null>(null);
  const there = useCallback(() => setWanted(null), []);
  const { put, busy } = usePutWords(portrait);
  const { singleAt } = useAiming();

  function open(next: Pane, field: typeof wanted) {
    if (next !== pane) prefer({ pane: next });
    setWanted(field);
  }
  usePart(portrait.id, wordParts, true, (part) =>
    part === 'title' ? open('words', 'title') : open('transcript', 'transcript'),
  );
  useKey('edit', () => open('words', 'title'));
  useKey('tags', () => open('words', 'tags'));
  useKey('transcript', () => open('transcript', 'transcript'));

  async function takeTitle() {
    if (busy || !singleAt(portrait.id)) return;
    const titles = titlesOf(portrait);
    const now = shownWords(drafts.get(wordsName(portrait.id)) as Draft | undefined, wordsOf(portrait)).title;
    const next = nextTitle(titles, now);
    if (next === undefined) return tell({ text: say(titles.length === 0 ? 'titleNone' : 'titleOwn') });
    if (await put({ base: { title: portrait.ownTitle }, mine: { title: next } }))
      tell({ text: say('titleTaken', { title: next }) });
  }
  useKey('takeTitle', () => void takeTitle());

  return (
    <section className="words-pane" aria-label={say('wordsPane')}>
      <div className="pane-tabs" role="tablist" aria-label={say('wordsPane')}>
        {panes.map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            id={`${id}-tab-${one}`}
            aria-selected={one === pane}
            aria-controls={`${id}-pane`}
            tabIndex={one === pane ? 0 : -1}
            onClick={() => open(one, null)}
            onKeyDown={(event) => {
              if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
              event.preventDefault();
              const other = one === 'words' ? 'transcript' : 'words';
              open(other, null);
              document.getElementById(`${id}-tab-${other}`)?.focus();
            }}
          >
            {say(paneKeys[one])} <kbd>{one === 'words' ? 'E' : 'W'}</kbd>
          </button>
        ))}
      </div>
      <div id={`${id}-pane`} role="tabpanel" aria-labelledby={`${id}-tab-${pane}`}>
        {pane === 'words' ? (
          <WordsForm portrait={portrait} wanted={wanted === 'transcript' ? null : wanted} onThere={there} />
        ) : (
          <TranscriptEditor portrait={portrait} wanted={wanted === 'transcript'} onThere={there} />
        )}
      </div>
    </section>
  );
}
