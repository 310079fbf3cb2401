import { createContext, useContext, useLayoutEffect, useRef } from 'react';
import type { Language } from '../../shared/domain/language.ts';
import type { DeskSay } from '../../shared/i18n/desk/words.ts';
import type { Api } from '../api.ts';
import type { Drafts } from './drafts/drafts.ts';
import type { Format } from './format.ts';
import type { DeskSession } from './gate/session.ts';
import type { Imports } from './import/imports.ts';
import type { KeyTable } from './key-table.ts';
import type { Action } from './keys.ts';
import type { Place } from './place.ts';
import type { Preferences } from './preferences.ts';
import type { Player } from './sound/player.ts';

export interface Note {
  text: string;
  tone?: 'good' | 'bad';
  /** Makes undone what the note tells of; offered as a button and on U. */
  undo?: () => void;
  /** A link to where it goes on. */
  link?: { place: Place; text: string };
}

/** What every part of the desk can count on. */
export interface Desk {
  api: Api;
  session: DeskSession;
  player: Player;
  say: DeskSay;
  language: Language;
  format: Format;
  preferences: Preferences;
  prefer(change: Partial<Preferences>): void;
  go(place: Place, options?: { replace: boolean }): void;
  /** Tells something in passing, aloud for screen readers. */
  tell(note: Note): void;
  /** Tells what went wrong with a call, in one calm sentence. */
  tellProblem(error: unknown): void;
  /** Words and forms being written; they outlive a change of screen. */
  drafts: Drafts;
  keys: KeyTable;
  /** Sound files on their way in. */
  imports: Imports;
}

const DeskContext = createContext<Desk | null>(null);
export const DeskProvider = DeskContext.Provider;

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error('useDesk outside the desk');
  return desk;
}

const PlaceContext = createContext<Place | null>(null);
export const PlaceProvider = PlaceContext.Provider;

/** Where in the desk one is. By itself, for it changes with every step: what only needs the desk is not drawn anew. */
export function usePlace(): Place {
  const place = useContext(PlaceContext);
  if (place === null) throw new Error('usePlace outside the desk');
  return place;
}

/**
 * Answers a key of the map while the part is on screen, from its first picture on. Of several, the highest rank wins,
 * then the newest.
 */
export function useKey(action: Action, handler: (() => void) | undefined, rank = 0): void {
  const { keys } = useDesk();
  const latest = useRef(handler);
  useLayoutEffect(() => {
    latest.current = handler;
  });
  const wanted = handler !== undefined;
  useLayoutEffect(
    () => (wanted ? keys.add(action, () => latest.current?.(), rank) : undefined),
    [keys, action, wanted, rank],
  );
}

/** The same for several keys with one answer; the list of keys is always the same one. */
export function useKeys(
  actions: readonly Action[],
  handler: ((action: Action) => void) | undefined,
  rank: number,
): void {
  const { keys } = useDesk();
  const latest = useRef(handler);
  useLayoutEffect(() => {
    latest.current = handler;
  });
  const wanted = handler !== undefined;
  useLayoutEffect(() => {
    if (!wanted) return;
    const ends = actions.map((action) => keys.add(action, () => latest.current?.(action), rank));
    return () => {
      for (const end of ends) end();
    };
  }, [keys, actions, wanted, rank]);
}
