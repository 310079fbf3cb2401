import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef } from 'react';
import { waitsForPerson } from '../../../shared/domain/delivery.ts';
import { useBatches } from '../batches/queries.ts';
import { useConsentCount } from '../consent/queries.ts';
import { useDesk, usePlace } from '../desk-context.ts';
import { DraftsButton } from '../drafts/drafts-list.tsx';
import { type Place, placeHash, settingsPages, viewNames } from '../place.ts';
import { usePortraitCounts } from '../portraits/queries.ts';
import { viewKeys } from '../portraits/views.ts';
import { attention, useQueue } from '../queue/queries.ts';
import { BackToBooth } from './back-to-booth.tsx';
import { Choices } from './choices.tsx';
import { HealthBox } from './health-box.tsx';

const pageKeys = {
  destinations: 'settingsDestinations',
  event: 'settingsEvent',
  sound: 'settingsSound',
  words: 'settingsWords',
  booth: 'settingsBooth',
  team: 'team',
  network: 'network',
  journal: 'journal',
  health: 'settingsHealth',
} as const;

/** Milliseconds the lock waits for the last letters to be kept. */
const lockWithin = 1500;

interface SidebarProps {
  open: boolean;
  onDrafts(): void;
  onKeyMap(): void;
}

/** Where one can go, with what waits there; the state of the booth always in sight. */
export function Sidebar({ open, onDrafts, onKeyMap }: SidebarProps) {
  const { api, session, say, drafts } = useDesk();
  const place = usePlace();
  const counts = usePortraitCounts(open);
  const batches = useBatches(open).data?.length;
  const queue = useQueue(open);
  const waiting = queue.data?.filter((one) => one.state === 'waiting' || one.state === 'running').length ?? 0;
  const troubled = useQuery({
    queryKey: ['destinations'],
    queryFn: () => api.delivery.destinations({}),
    enabled: open,
    select: ({ destinations }) => destinations.some(waitsForPerson),
  }).data;
  const consent = useConsentCount(open);
  const failed = queue.data?.some(attention) === true || troubled === true;

  async function lock() {
    // What was typed last goes to the studio while the session still stands.
    await drafts.flush(lockWithin);
    void api.staff.signOut({}).catch(() => undefined);
    session.lock();
  }

  return (
    <aside className="sidebar" aria-label={say('brand')}>
      <p className="brand">{say('brand')}</p>
      <nav className="sidebar-nav" aria-label={say('desk')}>
        <ul>
          {viewNames.map((view) => (
            <Item
              key={view}
              place={{ screen: 'portraits', view, id: null }}
              current={place.screen === 'portraits' && place.view === view}
              count={counts?.[view]}
            >
              {say(viewKeys[view])}
            </Item>
          ))}
        </ul>
        <ul>
          <Item
            place={{ screen: 'batches', id: null }}
            current={place.screen === 'batches'}
            count={batches === 0 ? undefined : batches}
          >
            {say('batches')}
          </Item>
          <Item
            place={{ screen: 'queue' }}
            current={place.screen === 'queue'}
            count={waiting === 0 ? undefined : waiting}
            alarm={failed ? say('queueAttention') : undefined}
          >
            {say('queue')}
          </Item>
          <Item
            place={{ screen: 'consent' }}
            current={place.screen === 'consent'}
            count={consent.all === 0 ? undefined : consent.all}
            alarm={consent.copies === 0 ? undefined : say('consentFollowMark', { n: consent.copies })}
          >
            {say('consent')}
          </Item>
        </ul>
        <h2>{say('settings')}</h2>
        <ul>
          {settingsPages.map((page) => (
            <Item
              key={page}
              place={{ screen: 'settings', page }}
              current={place.screen === 'settings' && place.page === page}
            >
              {say(pageKeys[page])}
            </Item>
          ))}
        </ul>
      </nav>
      <div className="sidebar-foot">
        <HealthBox open={open} />
        {session.name() !== undefined && (
          <p className="sidebar-who">{say('signedInAs', { name: session.name() ?? '' })}</p>
        )}
        <BackToBooth />
        <div className="sidebar-buttons">
          <DraftsButton onOpen={onDrafts} />
          <button type="button" onClick={() => void lock()}>
            {say('lock')}
          </button>
          <button type="button" aria-label={say('keyboard')} title={say('keyboard')} onClick={onKeyMap}>
            <kbd>?</kbd>
          </button>
        </div>
        <Choices className="sidebar-choices" />
      </div>
    </aside>
  );
}

interface ItemProps {
  place: Place;
  current: boolean;
  count?: number | undefined;
  alarm?: string | undefined;
  children: ReactNode;
}

function Item({ place, current, count, alarm, children }: ItemProps) {
  const { format } = useDesk();
  const link = useRef<HTMLAnchorElement>(null);
  // On a low screen the list scrolls; where one is stays in sight.
  useEffect(() => {
    if (current) link.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <li>
      <a ref={link} href={placeHash(place)} aria-current={current ? 'page' : undefined}>
        <span>{children}</span>
        {alarm !== undefined && <span className="alarm" role="img" aria-label={alarm} title={alarm} />}
        {count !== undefined && <span className="count tabular">{format.whole(count)}</span>}
      </a>
    </li>
  );
}
