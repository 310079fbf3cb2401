import { MutationCache, QueryCache, QueryClient, QueryClientProvider, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { deskWords } from '../../shared/i18n/desk/words.ts';
import { createApi, staffHeaders } from '../api.ts';
import { createBoothTime } from '../booth-time.ts';
import { applyTheme } from '../ui/theme.ts';
import { type Desk, DeskProvider, type Note, PlaceProvider } from './desk-context.ts';
import { createDrafts } from './drafts.ts';
import { createFormat } from './format.ts';
import { Gate } from './gate/gate.tsx';
import { createSession, type DeskSession } from './gate/session.ts';
import { createImports } from './import/imports.ts';
import { soundSender } from './import/send.ts';
import { createKeyTable } from './key-table.ts';
import { watchIdle } from './live/idle.ts';
import { type Place, placeHash, readPlace } from './place.ts';
import { type Preferences, readPreferences, writePreferences } from './preferences.ts';
import { codeOf, dataOf, problemOf } from './problems.ts';
import { DeskShell } from './shell/desk-shell.tsx';
import { NoteBar } from './shell/note-bar.tsx';
import type { Player } from './sound/player.ts';

function createQueries(session: DeskSession): QueryClient {
  const onError = (error: unknown) => {
    if (codeOf(error) === 'NOT_ALLOWED') session.refused(dataOf(error, 'needs'));
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      // Changes are told by the live poll; what it cannot tell (a nap of the machine) a look at the window does.
      queries: { staleTime: 60_000, retry: (times, error) => problemOf(error).kind === 'unreachable' && times < 3 },
      mutations: { retry: false },
    },
  });
}

function useHash(): [Place, Desk['go']] {
  const [hash, setHash] = useState(() => location.hash);
  useEffect(() => {
    const follow = () => setHash(location.hash);
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  const place = useMemo(() => readPlace(hash), [hash]);
  const go = useMemo<Desk['go']>(
    () => (next, options) => {
      const target = placeHash(next);
      if (options?.replace) history.replaceState(null, '', target);
      else if (target !== location.hash) history.pushState(null, '', target);
      setHash(target);
    },
    [],
  );
  return [place, go];
}

/** The desk's page: who may see it, in which language and light, and where in it one is. */
export function App({ player }: { player: Player }) {
  const [{ session, api, time, queries, drafts, keys, imports }] = useState(() => {
    const session = createSession();
    const time = createBoothTime();
    const who = { session: session.token, idle: watchIdle(window) };
    return {
      session,
      api: createApi({ ...who, time }),
      time,
      queries: createQueries(session),
      drafts: createDrafts(),
      keys: createKeyTable(),
      imports: createImports(soundSender(() => staffHeaders(who))),
    };
  });
  const [preferences, setPreferences] = useState<Preferences>(() => readPreferences(localStorage));
  const [place, go] = useHash();
  const [note, setNote] = useState<(Note & { id: number }) | null>(null);
  const notes = useRef(0);
  const { language, theme } = preferences;

  useEffect(() => applyTheme(theme), [theme]);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = `${deskWords(language)('desk')} — Phonomaton`;
  }, [language]);

  const desk = useMemo<Desk>(() => {
    const say = deskWords(language);
    const tell = (next: Note) => setNote({ ...next, id: ++notes.current });
    return {
      api,
      session,
      player,
      say,
      language,
      format: createFormat(language, undefined, time.now),
      preferences,
      prefer(change) {
        const next = { ...preferences, ...change };
        writePreferences(localStorage, next);
        setPreferences(next);
      },
      go,
      tell,
      tellProblem(error) {
        const problem = problemOf(error);
        if (problem.kind === 'expected' && problem.code === 'NOT_ALLOWED') {
          if (session.state().status === 'in') tell({ text: say('forbidden'), tone: 'bad' });
          return;
        }
        tell({ text: say(problem.kind === 'unreachable' ? 'unreachable' : 'fault'), tone: 'bad' });
      },
      drafts,
      keys,
      imports,
    };
  }, [api, session, player, time, language, preferences, go, drafts, keys, imports]);

  return (
    <QueryClientProvider client={queries}>
      <DeskProvider value={desk}>
        <PlaceProvider value={place}>
          <Doors session={session} onLocked={() => setNote(null)} />
          <NoteBar note={note} onGone={() => setNote(null)} />
        </PlaceProvider>
      </DeskProvider>
    </QueryClientProvider>
  );
}

/**
 * The lock before the desk. Once somebody has been in, the desk stays behind it, hidden, so that nothing typed is lost
 * when a session ends.
 */
function Doors({ session, onLocked }: { session: DeskSession; onLocked(): void }) {
  const state = useSyncExternalStore(session.subscribe, session.state);
  const queries = useQueryClient();
  const open = state.status === 'in';
  const locked = useRef(onLocked);
  useEffect(() => {
    if (open) void queries.invalidateQueries();
    // A note may tell a name.
    else locked.current();
  }, [open, queries]);
  return (
    <>
      {!open && <Gate />}
      {state.status !== 'out' && <DeskShell open={open} />}
    </>
  );
}
