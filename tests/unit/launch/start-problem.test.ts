import { expect, test } from 'vitest';
import { startProblem } from '../../../electron/launch/start-problem.ts';
import { systemTags } from '../../../electron/launch/words.ts';
import { languages } from '../../../shared/domain/language.ts';
import { type StartProblem, sayStartProblem, startWords, systemLanguage } from '../../../shared/i18n/start.ts';

const place = { dataDir: '/srv/voix d’été', resourcesDir: '/opt/phonomaton/resources', port: 7411 };
const coded = (code: string, more: object = {}) => Object.assign(new Error(`${code}: no`), { code, ...more });
const named = (name: string, more: object = {}) => Object.assign(new Error(name), { name, ...more });

const causes: [what: string, error: unknown, kind: StartProblem['kind']][] = [
  ['another copy', named('FolderInUse'), 'inUse'],
  ['a newer library', named('DatabaseFromTheFuture'), 'tooNew'],
  ['a folder that may not be written', named('FolderUnusable', { trouble: 'readOnly' }), 'readOnly'],
  ['a file in its place', named('FolderUnusable', { trouble: 'notAFolder', obstacle: '/srv/voix' }), 'notAFolder'],
  ['a disk that is full', named('FolderUnusable', { trouble: 'full' }), 'full'],
  [
    'a disk that is not there',
    named('FolderUnusable', { trouble: 'cannotMake', cause: coded('ENOENT') }),
    'cannotMake',
  ],
  ['a disk that fills up later', coded('ENOSPC'), 'full'],
  ['a quota', coded('EDQUOT'), 'full'],
  ['a database that finds no room', coded('SQLITE_FULL'), 'full'],
  ['a database that may not be written', coded('SQLITE_READONLY_DIRECTORY'), 'readOnly'],
  ['rights', coded('EACCES'), 'readOnly'],
  ['a read-only mount', coded('EROFS'), 'readOnly'],
  ['a port that is taken', coded('EADDRINUSE'), 'portTaken'],
  ['missing resources', named('ResourcesUnusable'), 'resources'],
  ['one of them', coded('EACCES', { path: '/opt/phonomaton/resources/consent/fr.json' }), 'resources'],
  ['anything else', new TypeError('x is not a function\n    at somewhere (file.ts:1:2)'), 'unknown'],
  ['no error at all', undefined, 'unknown'],
];

test.each(causes)('%s is known, and said in one sentence in every language', (_, error, kind) => {
  const problem = startProblem(error, place);
  expect(problem.kind).toBe(kind);
  const said = languages.map((language) => sayStartProblem(problem, language));
  for (const { title, text } of said) {
    expect(title).toMatch(/Phonomaton/);
    // One sentence, with the folder as it is written, and nothing for programmers.
    expect(text).toContain(kind === 'resources' ? place.resourcesDir : place.dataDir);
    expect(text.trim().split(/\. /)).toHaveLength(1);
    expect(text).not.toMatch(/[{}]|undefined|\bat |\n/);
    expect(text.endsWith('.')).toBe(true);
  }
  expect(new Set(said.map(({ text }) => text)).size).toBe(languages.length);
});

test('every sentence says what to do', () => {
  const todo = /relancez|fermez|installez|réinstallez|start again|close|install|start opnieuw|sluit|installeer/i;
  for (const language of languages) {
    for (const [key, text] of Object.entries(startWords[language])) {
      if (key !== 'title') expect(text, `${language} ${key}`).toMatch(todo);
    }
  }
});

test.each([
  [{ LANG: 'fr_FR.UTF-8' }, 'fr'],
  [{ LANG: 'en_GB.UTF-8' }, 'en'],
  [{ LANG: 'nl_BE.UTF-8' }, 'nl'],
  [{ LANG: 'de_DE.UTF-8' }, 'fr'],
  [{ LANG: 'de_DE.UTF-8', LANGUAGE: 'de:nl:fr' }, 'nl'],
  [{ LANG: 'fr_FR.UTF-8', LC_ALL: 'en_US.UTF-8' }, 'en'],
  [{ LANG: 'fr_FR.UTF-8', LC_MESSAGES: 'nl_NL@euro' }, 'nl'],
  [{ LANG: 'C.UTF-8', LANGUAGE: 'en' }, 'fr'],
  [{ LC_ALL: 'POSIX' }, 'fr'],
  [{}, 'fr'],
])('a system that says %o is spoken to in %s', (environment, language) => {
  expect(systemLanguage(systemTags(environment, 'linux'))).toBe(language);
});

test('a system without those words is asked itself', () => {
  expect(systemTags({}, 'win32')).toEqual([Intl.DateTimeFormat().resolvedOptions().locale]);
  expect(systemLanguage(['zh-Hans-CN', 'nl-BE'])).toBe('nl');
  expect(systemLanguage([])).toBe('fr');
});
