import { type Language, languages } from '../../shared/domain/language.ts';
import { type Theme, themes } from '../ui/theme.ts';
import { type Looks, readLooks } from './portraits/look.ts';

/** What this machine remembers of how the desk should look; nothing about people or portraits. */
export interface Preferences {
  language: Language;
  theme: Theme | 'auto';
  /** Order and filters of each list; what is searched for may be a name and is not kept. */
  looks: Looks;
  /** What is open below the sound. */
  pane: Pane;
}
const panes = ['words', 'transcript'] as const;
export type Pane = (typeof panes)[number];

const key = 'phonomaton.desk';
const usual: Preferences = { language: 'fr', theme: 'auto', looks: {}, pane: 'words' };

/** Reads what is remembered; whatever cannot be read is as usual. */
export function readPreferences(storage: Pick<Storage, 'getItem'>): Preferences {
  try {
    const found: unknown = JSON.parse(storage.getItem(key) ?? '{}');
    const { language, theme, looks, pane } = found as Record<string, unknown>;
    return {
      language: languages.find((one) => one === language) ?? usual.language,
      theme: themes.find((one) => one === theme) ?? usual.theme,
      looks: readLooks(looks),
      pane: panes.find((one) => one === pane) ?? usual.pane,
    };
  } catch {
    return usual;
  }
}

export function writePreferences(storage: Pick<Storage, 'setItem'>, preferences: Preferences): void {
  try {
    storage.setItem(key, JSON.stringify(preferences));
  } catch {
    // A page that may not store forgets, which is no reason to stop.
  }
}
