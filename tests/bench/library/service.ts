import type { Library } from '../../../electron/studio/library/library.ts';
import { told, typed } from './figures.ts';

/** Searching as one types, in the service alone, beside what plain SQL would need for the same fields. */
export function measureService(library: Library): void {
  /** Every text a host has in the field while typing these. */
  const keystrokes = typed.flatMap((text) => Array.from(text, (_, index) => text.slice(0, index + 1)));
  const time = (work: (words: string) => void) => {
    for (const words of keystrokes) work(words);
    return Array.from({ length: 5 }, () => keystrokes)
      .flat()
      .map((words) => {
        const start = performance.now();
        work(words);
        return performance.now() - start;
      });
  };
  const ours = time((words) => library.portraits.list({ state: 'toReview', words, limit: 40 }));
  const like = library.db.prepare(
    `SELECT p.id FROM portraits p JOIN speakers s ON s.id = p.speaker_id WHERE p.state = 'toReview' AND
     (s.first_name LIKE @like OR s.trade LIKE @like OR p.title LIKE @like OR p.text LIKE @like OR p.notes LIKE @like
      OR p.transcript LIKE @like) ORDER BY p.id DESC LIMIT 40`,
  );
  const theirs = time((words) => like.all({ like: `%${words}%` }));
  const view = time(() => library.portraits.list({ state: 'toReview', limit: 40 }));
  const counts = time((words) => library.portraits.facets({ state: 'toReview', words }));
  console.log(`service, search as one types: ${told(ours)} (aim p95 10 ms)`);
  console.log(`  reference, LIKE over the same fields, ids alone, accents not folded: ${told(theirs)}`);
  console.log(`  a page without a search: ${told(view)}`);
  console.log(`  all counts of a search: ${told(counts)}`);
}
