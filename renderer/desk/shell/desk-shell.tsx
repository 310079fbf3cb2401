import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { BatchesScreen } from '../batches/batches-screen.tsx';
import { ConsentScreen } from '../consent/consent-screen.tsx';
import { useDesk, useKey, usePlace } from '../desk-context.ts';
import { DraftsDialog } from '../drafts/drafts-list.tsx';
import { useNoStrayDrop } from '../import/drop.ts';
import { useTellImports } from '../import/use-imports.ts';
import { actionOf, focusOf } from '../keys.ts';
import { follow } from '../live/follow.ts';
import { refresh } from '../live/refresh.ts';
import { PortraitsScreen } from '../portraits/portraits-screen.tsx';
import { QueueScreen } from '../queue/queue-screen.tsx';
import { SettingsScreen } from '../settings/settings-screen.tsx';
import { ClockBanner } from './clock-banner.tsx';
import { KeyMap } from './key-map.tsx';
import { Sidebar } from './sidebar.tsx';
import { useStrayLetters } from './stray-letters.ts';

/** The desk itself. Hidden while locked: it keeps what was typed, follows nothing and plays nothing. */
export function DeskShell({ open }: { open: boolean }) {
  const { api, session, player, say, keys, drafts } = useDesk();
  const atRisk = useSyncExternalStore(drafts.subscribe, drafts.atRisk);
  const place = usePlace();
  const queries = useQueryClient();
  const shell = useRef<HTMLDivElement>(null);
  const [reachable, setReachable] = useState(true);
  const [keyMap, setKeyMap] = useState(false);
  const [draftList, setDraftList] = useState(false);
  useKey('help', () => setKeyMap(true));
  useTellImports();
  useNoStrayDrop();

  useEffect(() => {
    if (!open) return;
    const stop = new AbortController();
    void follow(api.events, {
      signal: stop.signal,
      onReachable: setReachable,
      onEnded: () => session.refused('host'),
      onChange: (stale) => refresh(queries, stale),
    });
    return () => stop.abort();
  }, [open, api, session, queries]);

  useEffect(() => {
    if (open) return;
    player.pause();
    // A modal dialog would stay in front of the lock.
    for (const dialog of shell.current?.querySelectorAll('dialog[open]') ?? []) (dialog as HTMLDialogElement).close();
  }, [open, player]);

  const strayLetter = useStrayLetters();
  useEffect(() => {
    if (!open) return;
    const press = (event: KeyboardEvent) => {
      if (document.querySelector('dialog[open]') !== null) return;
      const focus = focusOf(event.target instanceof Element ? event.target : null);
      const stray = strayLetter(event, focus);
      if (event.defaultPrevented) return;
      if (stray) return event.preventDefault();
      const action = actionOf(event, focus);
      if (action !== undefined && keys.run(action)) event.preventDefault();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [open, keys, strayLetter]);

  return (
    <div ref={shell} className="desk" hidden={!open}>
      <Sidebar open={open} onDrafts={() => setDraftList(true)} onKeyMap={() => setKeyMap(true)} />
      <main className="desk-main">
        {!reachable && (
          <p className="banner banner-warn" role="status">
            {say('unreachable')}
          </p>
        )}
        {reachable && atRisk && (
          <p className="banner banner-warn" role="status">
            {say('draftAtRisk')}
          </p>
        )}
        <ClockBanner open={open} />
        {place.screen === 'portraits' && <PortraitsScreen view={place.view} chosen={place.id} />}
        {place.screen === 'batches' && <BatchesScreen chosen={place.id} />}
        {place.screen === 'queue' && <QueueScreen />}
        {place.screen === 'consent' && <ConsentScreen />}
        {place.screen === 'settings' && <SettingsScreen page={place.page} />}
      </main>
      {draftList && <DraftsDialog onClose={() => setDraftList(false)} />}
      {keyMap && <KeyMap onClose={() => setKeyMap(false)} />}
    </div>
  );
}
