import type { Notice } from '../../../shared/contract/booth.ts';
import type { Purpose } from '../../../shared/domain/consent.ts';
import { typeset } from '../../../shared/i18n/typography.ts';
import { noticeFor } from '../chart/visit.ts';
import { useBooth } from '../view.ts';

/** The event's texts as the visitor reads them, and how to set a sentence of them; undefined where there are none. */
export function useTexts(): { texts: Notice; set: (text: string) => string } | undefined {
  const { config, visit } = useBooth();
  const texts = noticeFor(config, visit.language);
  return texts && { texts, set: (text) => typeset(text, texts.language) };
}

/** What a purpose is called, and what it means. */
export function usePurposeWords(): (purpose: Purpose) => { label: string; explain: string } {
  const found = useTexts();
  return (purpose) => {
    const words = found?.texts.choices.purposes[purpose];
    return { label: found?.set(words?.label ?? '') ?? purpose, explain: found?.set(words?.explain ?? '') ?? '' };
  };
}
