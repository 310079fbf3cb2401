import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { languages } from '../../../../shared/domain/language.ts';
import { nameLimit } from '../../../../shared/domain/portrait.ts';
import { suggestTitles, type TitleParts } from '../../../../shared/domain/titles.ts';

const odile: TitleParts = {
  publicName: 'Odile',
  trade: 'menuisière',
  cooperative: 'Tilt',
  question: 'Entreprendre, est-ce un sport d’équipe ?',
  language: 'fr',
};

describe('suggested titles', () => {
  it('are made of name, trade, question and cooperative, in three languages', () => {
    expect(suggestTitles(odile)).toEqual([
      'Odile, menuisière',
      'Odile : « Entreprendre, est-ce un sport d’équipe ? »',
      'Odile, menuisière, chez Tilt',
    ]);
    expect(suggestTitles({ ...odile, language: 'en', question: 'Is it a team sport?' })).toEqual([
      'Odile, menuisière',
      'Odile: “Is it a team sport?”',
      'Odile, menuisière, at Tilt',
    ]);
    expect(suggestTitles({ ...odile, language: 'nl', question: 'Is het een teamsport?' })).toEqual([
      'Odile, menuisière',
      'Odile: „Is het een teamsport?”',
      'Odile, menuisière, bij Tilt',
    ]);
  });
  it('make do with what is known', () => {
    const bare = { ...odile, publicName: '', trade: '', cooperative: null, question: '' };
    expect(suggestTitles(bare)).toEqual([]);
    expect(suggestTitles({ ...bare, trade: 'réparation de vélos' })).toEqual(['Réparation de vélos']);
    expect(suggestTitles({ ...bare, publicName: 'Kofi', cooperative: 'Le Groop' })).toEqual(['Kofi chez Le Groop']);
    expect(suggestTitles({ ...bare, cooperative: 'Optéos' })).toEqual(['Une voix, chez Optéos']);
  });
  it('leave a question out that is too long for a title', () => {
    const long = suggestTitles({ ...odile, question: 'Q'.repeat(nameLimit) });
    expect(long).toEqual(['Odile, menuisière', 'Odile, menuisière, chez Tilt']);
  });
  it('never name who stays anonymous, nor put trade and cooperative side by side', () => {
    const titles = suggestTitles({ ...odile, publicName: null });
    expect(titles).toEqual(['Menuisière', '« Entreprendre, est-ce un sport d’équipe ? »', 'Une voix, chez Tilt']);
  });
  it('are at most three, different, short enough and without a blank left open', () => {
    const text = fc.constantFrom('', ' ', 'Odile', 'charpente', 'x'.repeat(70));
    fc.assert(
      fc.property(
        fc.record({
          publicName: fc.option(text),
          trade: text,
          cooperative: fc.option(text),
          question: text,
          language: fc.constantFrom(...languages),
        }),
        (parts) => {
          const titles = suggestTitles(parts);
          expect(titles.length).toBeLessThanOrEqual(3);
          expect(new Set(titles).size).toBe(titles.length);
          for (const title of titles) {
            expect(title.trim()).not.toBe('');
            expect(title.length).toBeLessThanOrEqual(nameLimit);
            expect(title).not.toMatch(/[{}]/);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
