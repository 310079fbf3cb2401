import type { HandedOverCopy } from '../../../shared/contract/authorisation.ts';
import { actorName } from '../../../shared/i18n/desk/journal.ts';
import { useDesk } from '../desk-context.ts';

/** A copy that was handed over, in words: of which batch, and where it went, when and by whom. */
export function useCopyWords(): (copy: HandedOverCopy) => { what: string; where: string } {
  const { say, format, language } = useDesk();
  return ({ batch, kind, place, at, by }) => ({
    what: batch === '' ? say('consentCopyBatchless') : say('consentCopyBatch', { batch }),
    where: say(kind === 'zip' ? 'consentCopyZip' : 'consentCopyFolder', {
      place,
      day: format.day(at),
      who: actorName({ actor: by.role, name: by.name }, language),
    }),
  });
}
