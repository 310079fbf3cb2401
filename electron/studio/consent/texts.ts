import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Notice } from '../../../shared/contract/booth.ts';
import { languages } from '../../../shared/domain/language.ts';

const file = z.object({
  version: z.string().min(1).max(40),
  language: z.enum(languages),
  title: z.string().min(1),
  paragraphs: z.array(z.string().min(1)).min(1),
  ask: z.string().min(1),
});

export interface ConsentTextStore {
  keep(text: { version: string; language: string; sha256: string; text: string }): void;
  knows(version: string, language: string, sha256: string): boolean;
}

/** The words exactly as shown, one paragraph a line: what the SHA-256 is taken of. */
export function asShown(text: Pick<Notice, 'title' | 'paragraphs' | 'ask'>): string {
  return [text.title, ...text.paragraphs, text.ask].join('\n');
}

/**
 * The texts a visitor is asked with, read from `<dir>/*.json` and kept for ever in the library, so that an answer can
 * always be shown with the words it was given to. Throws on a file that is not such a text.
 */
export function createConsentTexts(dir: string, store: ConsentTextStore) {
  const notices: Notice[] = readdirSync(dir)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => {
      const text = file.parse(JSON.parse(readFileSync(join(dir, name), 'utf8')));
      const shown = asShown(text);
      const sha256 = createHash('sha256').update(shown, 'utf8').digest('hex');
      store.keep({ version: text.version, language: text.language, sha256, text: shown });
      return { ...text, sha256 };
    });
  return {
    notices,
    knows: (version: string, language: string, sha256: string) => store.knows(version, language, sha256),
  };
}
