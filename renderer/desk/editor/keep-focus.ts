import type { MouseEvent } from 'react';

/** A click on a tool leaves the focus where it is, so that Space goes on meaning play; Tab still reaches every tool. */
export function keepFocus(event: MouseEvent): void {
  if (event.target instanceof Element && event.target.closest('button') !== null) event.preventDefault();
}
