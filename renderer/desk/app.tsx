import { MutationCache, QueryCache, QueryClient, QueryClientProvider, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { deskWords } from '../../shared/i18n/desk/words.ts';
import { type ApiOptions, createApi, staffHeaders } from '../api.ts';
import { createBoothTime } from '../booth-time.ts';
import { applyTheme } from '../ui/theme.ts';
import { type Desk, DeskProvider, type Note, PlaceProvider, useDesk } from './desk-context.ts';
import { createDrafts, type Drafts } from './drafts/drafts.ts';
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
import { createTrail, type Trail } from './trail.ts';

function createQueries(session: DeskSession, me: () => Promise<unknown>): QueryClient {
  /** A refusal may be the answer to a session before this one, that came late: what counts is what the studio says now. */
  const onError = (error: unknown) => {
    const token = session.token();
    if (codeOf(error) !== 'NOT_ALLOWED' || token === undefined) return;
    me().catch((refusal: unknown) => {
      const over = codeOf(refusal) === 'NOT_ALLOWED' && session.token() === token;
      if (over) session.refused(dataOf(refusal, 'needs'));
    });
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

function usePlaces(trail: Trail): [Place, Desk['go']] {
  const hash = useSyncExternalStore(trail.subscribe, trail.hash);
  const place = useMemo(() => readPlace(hash), [hash]);
  const go = useMemo<Desk['go']>(() => (next, options) => trail.go(placeHash(next), options?.replace), [trail]);
  return [place, go];
}

/** Longest body that may be sent in a way that outlives the page: browsers allow 64 KB in all, under way together. */
const outlivesPage = 48_000;

/** Drafts are kept by the studio, under the session of whoever writes them. */
function createKeptDrafts(who: ApiOptions, session: DeskSession, queries: QueryClient): Drafts {
  const api = createApi(who);
  const outliving = createApi({ ...who, fetch: (request, init) => fetch(request, { ...init, keepalive: true }) });
  const of = (size: number) => (size < outlivesPage ? outliving : api).drafts;
  const drafts = createDrafts({
    calls: {
      list: () => api.drafts.list({}),
      save: (draft) => of(draft.value.length).save(draft),
      drop: (ids) => of(ids.length).drop({ ids }),
    },
    failure(error) {
      const code = codeOf(error);
      if (code === 'NOT_ALLOWED') return 'over';
      if (code === 'GONE') return 'gone';
      return code === undefined ? 'silence' : 'fault';
    },
  });
  addEventListener('pagehide', drafts.leave);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') drafts.leave();
  });
  addEventListener('beforeunload', (event) => {
    if (drafts.atRisk()) event.preventDefault();
  });
  session.subscribe(() => {
    const state = session.state();
    if (state.status !== 'in') return drafts.pause();
    // What the last member was shown is not there for the next one to come upon.
    if (drafts.isOther(state.id)) queries.clear();
    void drafts.begin(state.id);
  });
  return drafts;
}

/** Closes the dialog in front. What was typed in it stays as a draft. */
function closeDialog(): boolean {
  const dialog = [...document.querySelectorAll<HTMLDialogElement>('dialog[open]')].at(-1);
  dialog?.close();
  return dialog !== undefined;
}

/** The desk's page: who may see it, in which language and light, and where in it one is. */
export function App({ player }: { player: Player }) {
  const warn = useRef<() => void>(() => undefined);
  const [{ session, api, time, queries, drafts, keys, imports, trail }] = useState(() => {
    const session = createSession();
    const time = createBoothTime();
    const who = { session: session.token, idle: watchIdle(window) };
    const api = createApi({ ...who, time });
    const queries = createQueries(session, () => api.staff.me({}));
    return {
      session,
      api,
      time,
      queries,
      drafts: createKeptDrafts(who, session, queries),
      trail: createTrail(window, {
        closeDialog,
        guarded: () => session.state().status === 'in',
        warn: () => warn.current(),
      }),
      keys: createKeyTable(),
      imports: createImports(soundSender(() => staffHeaders(who))),
    };
  });
  const [preferences, setPreferences] = useState<Preferences>(() => readPreferences(localStorage));
  const [place, go] = usePlaces(trail);
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

  useEffect(() => {
    warn.current = () => desk.tell({ text: desk.say('leaveAgain') });
  }, [desk]);

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
 * The lock before the desk. Once somebody has been in, the desk stays behind it, hidden, for the same member to go on
 * with; another member's desk begins anew, and nothing of the first one's is left on the page.
 */
function Doors({ session, onLocked }: { session: DeskSession; onLocked(): void }) {
  const { drafts } = useDesk();
  const state = useSyncExternalStore(session.subscribe, session.state);
  const member = useSyncExternalStore(drafts.subscribe, drafts.member);
  const queries = useQueryClient();
  const signedIn = state.status === 'in' ? state.id : undefined;
  const open = signedIn !== undefined && signedIn === member;
  const locked = useRef(onLocked);
  useEffect(() => {
    if (open) void queries.invalidateQueries();
    // A note may tell a name.
    else locked.current();
  }, [open, queries]);
  return (
    <>
      {!open && <Gate />}
      {member !== '' && (signedIn === undefined || open) && <DeskShell key={member} open={open} />}
    </>
  );
}
