import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asShown, createConsentTexts, type TextFilling } from '../../../../electron/studio/consent/texts.ts';
import { purposes } from '../../../../shared/domain/consent.ts';
import { languages } from '../../../../shared/domain/language.ts';

const dir = join(import.meta.dirname, '../../../../resources/consent');

function texts() {
  const kept = new Map<string, string>();
  const filling: TextFilling = {
    controller: 'Le Collectif',
    contact: 'dpo@collectif.test',
    until: '2031-04-14',
    keptDays: 90,
  };
  const key = (version: string, language: string, sha256: string) => `${version} ${language} ${sha256}`;
  const made = createConsentTexts(
    dir,
    {
      keep: (text) => kept.set(key(text.version, text.language, text.sha256), text.text),
      knows: (version, language, sha256) => kept.has(key(version, language, sha256)),
    },
    () => filling,
  );
  return { kept, filling, made };
}

describe('the texts that ship', () => {
  it('are the newest version in every language, marked as drafts, with every blank filled', () => {
    const { made } = texts();
    expect(made.notices.map(({ version, language }) => [version, language]).sort()).toEqual(
      [...languages].sort().map((language) => ['2026-2', language]),
    );
    for (const notice of made.notices) {
      const words = asShown(notice);
      expect(notice.draft).toBe(true);
      expect(words).not.toMatch(/[{}]/);
      expect(words).toContain('Le Collectif');
      expect(words).toContain('dpo@collectif.test');
      expect(words).toMatch(/14 avril 2031|14 April 2031|April 14, 2031|14 april 2031/);
      expect(words).toContain('90');
      for (const purpose of purposes) expect(words).toContain(notice.choices.purposes[purpose].explain);
      expect(notice.sha256).toBe(createHash('sha256').update(words).digest('hex'));
    }
  });

  it('say the same things in the same places in every language', () => {
    const { made } = texts();
    const shape = (notice: (typeof made.notices)[number]) => [
      notice.paragraphs.length,
      notice.full.length,
      notice.minor.paragraphs.length,
    ];
    const [first, ...rest] = made.notices;
    for (const notice of rest) expect(shape(notice)).toEqual(first && shape(first));
  });

  it('are kept as they were shown: what the event says changes the text, and the old one stays known', () => {
    const { made, filling, kept } = texts();
    const before = made.notices.find(({ language }) => language === 'fr');
    filling.controller = 'Une Autre Association';
    const after = made.notices.find(({ language }) => language === 'fr');
    expect(after?.sha256).not.toBe(before?.sha256);
    expect(made.knows('2026-2', 'fr', before?.sha256 ?? '')).toBe(true);
    expect(made.knows('2026-2', 'fr', after?.sha256 ?? '')).toBe(true);
    expect(made.knows('2026-2', 'en', after?.sha256 ?? '')).toBe(false);
    expect([...kept.keys()].filter((key) => key.startsWith('2026-1'))).toHaveLength(3);
  });
});
