import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../../../electron/launch/paths.ts';
import { languages } from '../../../shared/domain/language.ts';
import { asSpoken, readingKeys, readingPath, readings, readingVersion } from '../../../shared/i18n/booth/reading.ts';

const root = projectRoot();
const read = (path: string) => JSON.parse(readFileSync(join(root, 'resources', path), 'utf8'));
const said = read('sounds/voice/readings.json');

describe.each(languages)('read aloud in %s', (language) => {
  const texts = readings(read(`consent/${readingVersion}.${language}.json`), language);

  test('is what is written now; else: node resources/make/prompts.ts', () => {
    expect(said[language]).toEqual(texts);
  });

  test('is a small sound for each text', () => {
    for (const key of readingKeys) {
      const file = join(root, 'resources', readingPath(language, key));
      expect(existsSync(file), key).toBe(true);
      expect(statSync(file).size, key).toBeLessThan(120_000);
    }
  });

  test('has no typographic form and no blank', () => {
    for (const key of readingKeys) expect(texts[key], key).not.toMatch(/[·{}()/]|\bde le\b/);
  });
});

test('an inclusive form is said in one word', () => {
  expect(asSpoken('un·e responsable légal·e, des entrepreneur·es', 'fr')).toBe(
    'Un responsable légal, des entrepreneurs',
  );
  expect(asSpoken('sur le site de {controller}.', 'fr')).toBe('Sur le site du collectif.');
});
