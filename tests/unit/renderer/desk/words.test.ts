import { describe, expect, it } from 'vitest';
import { createFormat } from '../../../../renderer/desk/format.ts';
import { marksOf, nameOf } from '../../../../renderer/desk/portraits/marks.ts';
import { healthSentence, worst } from '../../../../renderer/desk/shell/health.ts';
import { deliveryReasons } from '../../../../shared/contract/delivery.ts';
import type { HealthCheck } from '../../../../shared/contract/health.ts';
import { languages } from '../../../../shared/domain/language.ts';
import { healthWords } from '../../../../shared/i18n/desk/health.ts';
import { deskAreas, deskTexts, deskWords } from '../../../../shared/i18n/desk/words.ts';

const { fr, en, nl } = deskTexts;
const blanks = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();

describe('the desk’s words', () => {
  it.each(Object.keys(fr) as (keyof typeof fr)[])('%s says the same in every language', (key) => {
    for (const words of [en, nl]) {
      expect(words[key].trim(), key).not.toBe('');
      expect(blanks(words[key]), key).toEqual(blanks(fr[key]));
    }
  });
  it('come from one area each: a second word of the same key would take the place of the first', () => {
    const keys = deskAreas.flatMap((area) => Object.keys(area.fr));
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });
  it('has a sentence for every reason a delivery may have', () => {
    for (const language of languages) {
      for (const reason of deliveryReasons) expect(deskWords(language)(`reason_${reason}`)).toMatch(/\.$/);
    }
  });
});

describe('the state of the booth', () => {
  const format = createFormat('fr', undefined, () => new Date());
  const check = (part: Partial<HealthCheck>): HealthCheck => ({
    id: 'disk',
    severity: 'good',
    code: 'ok',
    figures: {},
    ...part,
  });
  /** Every code the checks in electron/studio/health answer. */
  const codes: Record<HealthCheck['id'], string[]> = {
    microphone: ['working', 'fallback', 'silent', 'lost', 'refused', 'missing', 'unused'],
    disk: ['ok', 'low', 'full'],
    ffmpeg: ['ok', 'missing'],
    clock: ['ok', 'behind'],
    queue: ['ok', 'waiting', 'failed', 'paused'],
    database: ['ok', 'restored', 'renewed'],
    consent: ['ok', 'broken'],
  };
  it('has the same sentences in every language, one for each code', () => {
    for (const language of languages) {
      expect(Object.keys(healthWords[language])).toEqual(Object.keys(healthWords.fr));
      for (const [id, known] of Object.entries(codes)) {
        for (const code of known) expect(healthWords[language][`${id}_${code}`], `${id}_${code}`).toBeTruthy();
      }
    }
  });
  it('fills figures in and leaves no empty brackets', () => {
    const lots = check({ figures: { minutes: 2480 } });
    expect(healthSentence(lots, 'fr', format)).toMatch(/41.h d’enregistrement/);
    expect(healthSentence(check({ id: 'ffmpeg', figures: { version: '5.1' } }), 'fr', format)).toContain(
      '(ffmpeg 5.1)',
    );
    expect(healthSentence(check({ id: 'ffmpeg' }), 'fr', format)).not.toMatch(/[()]/);
    expect(
      healthSentence(check({ id: 'microphone', code: 'working', figures: { device: '' } }), 'fr', format),
    ).not.toMatch(/[()]/);
  });
  it('tells a code it does not know by its severity', () => {
    expect(healthSentence(check({ code: 'martian', severity: 'bad' }), 'en', format)).toBe('Needs attention.');
    expect(healthSentence(check({ code: 'martian' }), 'en', format, true)).toBeUndefined();
  });
  it('is as bad as its worst check; a microphone nobody used yet worries nobody', () => {
    const unused = check({ id: 'microphone', severity: 'unknown', code: 'unused' });
    expect(worst([])).toBe('unknown');
    expect(worst([check({}), unused])).toBe('good');
    expect(worst([check({}), check({ severity: 'notice' }), check({ severity: 'unknown', code: 'unknown' })])).toBe(
      'notice',
    );
    expect(worst([check({ severity: 'bad' }), check({ severity: 'notice' })])).toBe('bad');
  });
});

describe('a row', () => {
  const say = deskWords('fr');
  const speaker = { firstName: ' Inès ', trade: 'maraîchère', cooperativeId: null };
  it('names who speaks, or nobody', () => {
    expect(nameOf({ speaker }, say)).toBe('Inès, maraîchère');
    expect(nameOf({ speaker: { firstName: '', trade: ' ', cooperativeId: null } }, say)).toBe('Sans nom');
  });
  it('carries its marks in words', () => {
    const marks = marksOf({ warnings: ['tooQuiet', 'noisy'], recovered: true, confirmed: false, language: 'nl' }, say);
    expect(marks.map((mark) => mark.text)).toEqual([
      'trop faible',
      'bruit de salle',
      'récupéré après coupure',
      'non confirmé',
      'nl',
    ]);
  });
});
