import { useState } from 'react';
import type { Focus } from '../keys.ts';

/** Milliseconds between two letters of somebody who is still typing; a hand that looked up takes longer. */
const stillTyping = 1500;

/**
 * Letters of a word whose field went away under the hand (a portrait that left, another host's act) are not keys of the desk:
 * « carole » would approve and reject. Says so of a key press, until the hand pauses.
 */
export function createStrayLetters(now: () => number = () => performance.now()) {
  let field: Element | undefined;
  let last = Number.NEGATIVE_INFINITY;
  return (event: Pick<KeyboardEvent, 'target' | 'key'>, focus: Focus): boolean => {
    const time = now();
    const typing = time - last < stillTyping;
    if (focus === 'writing') {
      // Enter ends one line, and Escape any writing, by the host's own hand: the next letter is meant as a key.
      const ended =
        event.key === 'Escape' || (event.key === 'Enter' && (event.target as Element).localName === 'input');
      field = ended ? undefined : (event.target as Element);
      last = time;
      return false;
    }
    if (event.key === 'Escape' || field === undefined || field.isConnected || !typing) {
      field = undefined;
      return false;
    }
    last = time;
    return true;
  };
}

export const useStrayLetters = () => useState(() => createStrayLetters())[0];
