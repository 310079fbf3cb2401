import type { Facet, PortraitQuery } from '../../../shared/contract/inbox.ts';
import { type FilterName, filterNames } from '../../../shared/domain/inbox.ts';
import { type Localised, localised } from '../../../shared/domain/language.ts';
import { type PortraitState, portraitStates } from '../../../shared/domain/portrait.ts';
import type { ReadDb } from './database.ts';
import { type Narrowing, narrower, where } from './narrowing.ts';

/** Most values shown of one filter; the rest can be searched for. */
const mostShown = 60;

interface Counted {
  facet: FilterName | 'state';
  value: string;
  label: string;
  count: number;
}

/** Counts of one filter: what its values are called, where they stand, and in which order they are shown. */
interface Source {
  value: string;
  label?: string;
  tables?: string;
  only?: string;
  order: string;
}
const sources: Record<FilterName | 'state', Source> = {
  state: { value: 'f.state', order: 'value' },
  event: {
    value: 'f.event_id',
    label: 'max(e.name || char(31) || e.town || char(31) || e.day)',
    tables: 'JOIN events e ON e.id = f.event_id',
    order: 'max(e.day) DESC, value DESC',
  },
  day: { value: 'f.day', order: 'value DESC' },
  cooperative: {
    value: 'f.cooperative_id',
    label: "coalesce(max(c.name), '')",
    tables: 'LEFT JOIN cooperatives c ON c.id = f.cooperative_id',
    order: "value = '', label",
  },
  // The same question may stand in several sets; its newest wording is shown.
  question: {
    value: 'f.question_id',
    label: "coalesce((SELECT text FROM questions WHERE id = f.question_id ORDER BY set_id DESC LIMIT 1), '')",
    order: 'count DESC',
  },
  tag: {
    value: 'tags.name',
    tables: 'JOIN portrait_tags ON portrait_tags.portrait_id = f.portrait_id JOIN tags ON tags.id = tag_id',
    order: 'count DESC, value',
  },
  mark: {
    value: 'mark.value',
    tables: "JOIN json_each('[\"' || replace(trim(f.marks), '  ', '\",\"') || '\"]') mark",
    only: "f.marks <> ''",
    order: 'count DESC',
  },
  language: { value: 'f.language', order: 'count DESC' },
  by: {
    value: 'known.actor',
    tables: `JOIN (SELECT DISTINCT actor, portrait_id FROM audit
      WHERE portrait_id IS NOT NULL AND actor NOT IN ('visitor', 'studio')) known ON known.portrait_id = f.portrait_id`,
    order: 'count DESC',
  },
};

function countSql(name: FilterName | 'state', narrowing: Narrowing): string {
  const { value, label = "''", tables = '', only, order } = sources[name];
  // Matches are looked up once for all of the counts.
  const conditions = { ...narrowing.conditions };
  if (conditions.words !== undefined) conditions.words = 'f.n IN (SELECT n FROM hits)';
  const condition = where({ ...narrowing, conditions }, name, only === undefined ? [] : [only]);
  return `SELECT * FROM (SELECT '${name}' AS facet, ${value} AS value, ${label} AS label, count(*) AS count
    FROM portrait_facts f ${tables} ${condition} GROUP BY ${value} ORDER BY ${order} LIMIT ${mostShown})`;
}

/** The statement that counts everything; exported so that a test can ask how SQLite goes about it. */
export function facetsSql(narrowing: Narrowing): string {
  const { words } = narrowing.conditions;
  const hits = words === undefined ? '' : `WITH hits AS MATERIALIZED (SELECT n FROM portrait_facts f WHERE ${words}) `;
  return hits + (['state', ...filterNames] as const).map((name) => countSql(name, narrowing)).join(' UNION ALL ');
}

/** What a list can be narrowed by, with how many portraits each value would leave. */
export function facetsRepository(db: ReadDb) {
  const narrow = narrower(db);
  return {
    facets(query: PortraitQuery) {
      const states = Object.fromEntries(portraitStates.map((state) => [state, 0])) as Record<PortraitState, number>;
      const facets = Object.fromEntries(filterNames.map((name) => [name, [] as Facet])) as Record<FilterName, Facet>;
      const narrowing = narrow(query);
      for (const { facet, value, label, count } of db
        .prepare<object, Counted>(facetsSql(narrowing))
        .iterate(narrowing.values)) {
        if (facet === 'state') states[value as PortraitState] = count;
        else facets[facet].push({ value, label: wording(facet, label), count });
      }
      return { states, facets };
    },
  };
}

/** A value as people call it; what is called the same everywhere (days, languages) is left to the interface. */
function wording(facet: FilterName, label: string): string {
  if (facet === 'question' && label !== '') return localised(JSON.parse(label) as Localised, 'fr');
  if (facet === 'event') {
    const [name = '', town = ''] = label.split('\u001f');
    return [name, town].filter((part) => part !== '').join(', ');
  }
  return label;
}
