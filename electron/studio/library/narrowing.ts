import type { PortraitQuery } from '../../../shared/contract/inbox.ts';
import type { FilterName } from '../../../shared/domain/inbox.ts';
import type { ReadDb } from './database.ts';
import { matchExpressions, tagExpressions } from './matching.ts';

const among = (name: FilterName) => `(SELECT value FROM json_each(@${name}))`;

/** Each filter as a condition on `portrait_facts f`; its values are bound as one JSON text. */
const conditions: Record<FilterName, string> = {
  event: `f.event_id IN ${among('event')}`,
  day: `f.day IN ${among('day')}`,
  cooperative: `f.cooperative_id IN ${among('cooperative')}`,
  question: `f.question_id IN ${among('question')}`,
  language: `f.language IN ${among('language')}`,
  tag: `f.portrait_id IN (SELECT portrait_id FROM portrait_tags JOIN tags ON tags.id = tag_id
    WHERE tags.name IN ${among('tag')})`,
  mark: `EXISTS (SELECT 1 FROM json_each(@mark) WHERE instr(f.marks, ' ' || value || ' ') > 0)`,
  by: `f.portrait_id IN (SELECT portrait_id FROM audit WHERE actor IN ${among('by')} AND portrait_id IS NOT NULL)`,
};

/** What a query asks of a portrait's facts: SQL conditions by what they come from, and the values they name. */
export interface Narrowing {
  conditions: Partial<Record<FilterName | 'state' | 'words', string>>;
  values: Record<string, string>;
  /** What excerpts are to show, `null` without words. */
  match: string | null;
}

/** Reads queries. Words are looked for among the tags first: few, and worn by many. */
export function narrower(db: ReadDb): (query: PortraitQuery) => Narrowing {
  const tagged = db.prepare<[string], number>('SELECT rowid FROM tag_words WHERE tag_words MATCH ?').pluck();

  function addWords(narrowing: Narrowing, words: string): void {
    const matches = matchExpressions(words);
    if (matches.length === 0) return;
    const tags = tagExpressions(words).map((expression) => tagged.all(expression));
    const inWords = (name: string) => `f.n IN (SELECT rowid FROM portrait_words WHERE portrait_words MATCH @${name})`;
    if (tags.every((ids) => ids.length === 0)) {
      narrowing.match = matches.join(' AND ');
      narrowing.values.match = narrowing.match;
      narrowing.conditions.words = inWords('match');
      return;
    }
    narrowing.match = matches.join(' OR ');
    // Every word has to be found, each of them in the portrait's own words or among its tags.
    const each = matches.map((match, index) => {
      narrowing.values[`match${index}`] = match;
      if (tags[index]?.length === 0) return inWords(`match${index}`);
      narrowing.values[`tags${index}`] = JSON.stringify(tags[index]);
      return `(${inWords(`match${index}`)} OR f.portrait_id IN
        (SELECT portrait_id FROM portrait_tags WHERE tag_id IN (SELECT value FROM json_each(@tags${index}))))`;
    });
    narrowing.conditions.words = each.join(' AND ');
  }

  return ({ state, words = '', filters = {} }) => {
    const narrowing: Narrowing = { conditions: {}, values: {}, match: null };
    if (state !== undefined) {
      narrowing.conditions.state = 'f.state = @state';
      narrowing.values.state = state;
    }
    addWords(narrowing, words);
    for (const [name, condition] of Object.entries(conditions) as [FilterName, string][]) {
      const wanted = filters[name];
      if (wanted === undefined || wanted.length === 0) continue;
      narrowing.conditions[name] = condition;
      narrowing.values[name] = JSON.stringify(wanted);
    }
    return narrowing;
  };
}

/** The conditions joined, without those of `except`: a filter's own counts are not narrowed by itself. */
export function where(narrowing: Narrowing, except?: FilterName | 'state', more: string[] = []): string {
  const all = Object.entries(narrowing.conditions).flatMap(([name, sql]) => (name === except ? [] : [sql]));
  const joined = [...all, ...more].join(' AND ');
  return joined === '' ? '' : `WHERE ${joined}`;
}
