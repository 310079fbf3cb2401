import { useSyncExternalStore } from 'react';

export const themes = ['light', 'dark', 'contrast'] as const;
export type Theme = (typeof themes)[number];

/** Puts a set of tokens on the page; `auto` follows the system and goes on following it. Answers a function that stops. */
export function applyTheme(choice: Theme | 'auto', page: Window = window): () => void {
  const root = page.document.documentElement;
  if (choice !== 'auto') {
    root.dataset.theme = choice;
    return () => undefined;
  }
  const contrast = page.matchMedia('(prefers-contrast: more)');
  const dark = page.matchMedia('(prefers-color-scheme: dark)');
  const follow = () => {
    root.dataset.theme = contrast.matches ? 'contrast' : dark.matches ? 'dark' : 'light';
  };
  follow();
  const stop = new AbortController();
  for (const query of [contrast, dark]) query.addEventListener('change', follow, { signal: stop.signal });
  return () => stop.abort();
}

function watchTheme(changed: () => void): () => void {
  const watch = new MutationObserver(changed);
  watch.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => watch.disconnect();
}

/** The set of tokens on the page now: for what is drawn on a canvas, which cannot follow them by itself. */
export function useTheme(): string {
  return useSyncExternalStore(watchTheme, () => document.documentElement.dataset.theme ?? '');
}
