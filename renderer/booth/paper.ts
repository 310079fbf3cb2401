import '../../shared/bridge.ts';
import type { Printing } from './ports.ts';

/**
 * Prints what the page holds for paper (see PaperTicket): silently with Electron, by the browser's own way without it.
 * A browser does not tell whether anything was printed.
 */
export async function printPage(page: Pick<Window, 'phonomaton' | 'print'> = window): Promise<Printing> {
  if (page.phonomaton === undefined) {
    page.print();
    return 'printed';
  }
  const answer = await page.phonomaton.print();
  return answer.ok && answer.value.printed ? 'printed' : 'failed';
}
