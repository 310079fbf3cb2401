import { useSyncExternalStore } from 'react';
import type { PortraitDetail } from '../../../shared/contract/library.ts';
import type { DeskSay } from '../../../shared/i18n/desk/words.ts';
import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';
import { Dialog } from '../parts/dialog.tsx';
import type { Place } from '../place.ts';
import { usePortrait } from '../portraits/queries.ts';
import { textsIn } from './draft-texts.ts';
import type { Drafts } from './drafts.ts';
import { kindOf } from './kinds.ts';

interface Item {
  key: string;
  name: string;
  value: unknown;
  /** A version that stands beside the one in its form. */
  other?: string;
}

/** Every draft of the member, those of things that are no more and of other desks included. */
function itemsOf(drafts: Drafts): Item[] {
  const own = drafts
    .names()
    .flatMap((name) => (kindOf(name) === undefined ? [] : [{ key: name, name, value: drafts.get(name) }]));
  const others = drafts
    .others()
    .map((row) => ({ key: row.id, name: row.name, value: parsed(row.value), other: row.id }));
  return [...own, ...others];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** How many drafts there are; with nothing to say it is not there. */
export function DraftsButton({ onOpen }: { onOpen(): void }) {
  const { say, drafts } = useDesk();
  const count = useSyncExternalStore(drafts.subscribe, () => itemsOf(drafts).length);
  if (count === 0) return null;
  return (
    <button type="button" className="drafts-button" onClick={onOpen}>
      {say('drafts', { n: count })}
    </button>
  );
}

/** Everything the member has begun and not saved, to go on with or to let go. */
export function DraftsDialog({ onClose }: { onClose(): void }) {
  const { say, drafts } = useDesk();
  const version = useSyncExternalStore(drafts.subscribe, () =>
    itemsOf(drafts)
      .map(({ key }) => key)
      .join(),
  );
  const items = version === '' ? [] : itemsOf(drafts);
  return (
    <Dialog title={say('draftsTitle')} onClose={onClose}>
      <p>{items.length === 0 ? say('draftsNone') : say('draftsWhy')}</p>
      <ul className="draft-list">
        {items.map((item) => (
          <DraftItem key={item.key} item={item} onClose={onClose} />
        ))}
      </ul>
      <div className="dialog-foot">
        <Button onClick={onClose}>{say('close')}</Button>
      </div>
    </Dialog>
  );
}

/** What a kind of draft is called. */
function kindName(name: string, say: DeskSay): string {
  const kind = kindOf(name)?.kind;
  if (kind === undefined) return name;
  switch (kind) {
    case 'settings-event':
    case 'settings-words':
    case 'settings-booth':
    case 'settings-sound':
    case 'settings-idle':
    case 'settings-ticket-printer':
      return say('draftKind_settings');
    default:
      return say(`draftKind_${kind}`);
  }
}

/** Where a draft goes on; null where its form is gone, or is not a place of its own. */
function placeOf(name: string, portrait: PortraitDetail | undefined): Place | null {
  const known = kindOf(name);
  if (known === undefined) return null;
  const { kind, thing } = known;
  if (portrait !== undefined) return { screen: 'portraits', view: 'all', id: portrait.id };
  if (kind === 'batch') return { screen: 'batches', id: thing };
  if (kind === 'new-batch') return { screen: 'batches', id: null };
  if (kind === 'destination') return { screen: 'settings', page: 'destinations' };
  if (kind === 'member' || kind === 'settings-idle') return { screen: 'settings', page: 'team' };
  if (kind === 'tag' || kind === 'settings-words') return { screen: 'settings', page: 'words' };
  if (kind === 'new-event' || kind === 'settings-event') return { screen: 'settings', page: 'event' };
  if (kind === 'settings-booth' || kind === 'settings-ticket-printer') return { screen: 'settings', page: 'booth' };
  return kind === 'settings-sound' ? { screen: 'settings', page: 'sound' } : null;
}

const aboutPortraits = ['words', 'tagging', 'transcript', 'captions', 'record'];

function DraftItem({ item, onClose }: { item: Item; onClose(): void }) {
  const { say, drafts, tell, go } = useDesk();
  const known = kindOf(item.name);
  const about = known !== undefined && aboutPortraits.includes(known.kind) ? known.thing : null;
  const portrait = usePortrait(about).data;
  const text = textsIn(item.value).join('\n');
  const place = item.other === undefined ? placeOf(item.name, portrait) : null;

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      tell({ text: say('draftCopied') });
    } catch {
      tell({ text: say('draftCopyFailed'), tone: 'bad' });
    }
  }
  return (
    <li className="draft-item">
      <strong>
        {kindName(item.name, say)}
        {portrait !== undefined && ` · ${portrait.title || say('noName')}`}
        {item.other !== undefined && ` · ${say('draftOther')}`}
      </strong>
      <blockquote className="draft-text">{text || <span className="soft">{say('draftEmpty')}</span>}</blockquote>
      <div className="draft-found-buttons">
        {place !== null && (
          <Button
            onClick={() => {
              onClose();
              go(place);
            }}
          >
            {say('draftOpen')}
          </Button>
        )}
        {text !== '' && <Button onClick={() => void copy()}>{say('draftCopy')}</Button>}
        <Button onClick={() => (item.other === undefined ? drafts.drop(item.name) : drafts.dropOther(item.other))}>
          {say('draftDrop')}
        </Button>
      </div>
    </li>
  );
}
