import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportStates } from '../../../shared/domain/batch.ts';
import { languages } from '../../../shared/domain/language.ts';
import { portraitStates } from '../../../shared/domain/portrait.ts';
import { actorName, journalActions, tellAct } from '../../../shared/i18n/desk/journal.ts';

const root = join(import.meta.dirname, '../../..');

/** Every action the studio writes down: the plain ones as they stand in the code, and those made of a state. */
function actionsInCode(): string[] {
  const folder = join(root, 'electron/studio');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const found = new Set<string>();
  for (const file of files) {
    const code = readFileSync(join(folder, file), 'utf8');
    for (const [, name] of code.matchAll(/action: '([\w-]+)'/g)) found.add(name ?? '');
    if (/\baudit\(|\bnote\(|\brecord\(|\boff\(/.test(code)) {
      // note(who, 'x', …), record(id, at, cond ? 'x' : 'y'), off(who, 'x'), store.note(who, locked ? 'x' : 'y', …)
      for (const [call] of code.matchAll(/\b(?:store\.note|note|record|off)\((?:[^()]|\([^()]*\))*\)/g)) {
        for (const [, name] of call.matchAll(/'([a-z]+(?:-[a-z]+)+|published|vouched)'/g)) found.add(name ?? '');
      }
    }
  }
  for (const state of portraitStates) found.add(state);
  for (const state of ['closed', 'recovered']) found.add(`take-${state}`);
  for (const state of ['done', 'failed', 'cancelled']) found.add(`delivery-${state}`);
  for (const state of exportStates) found.add(`export-${state}`);
  return [...found].sort();
}

describe('the journal', () => {
  it('has a sentence for every action the code writes down', () => {
    const actions = actionsInCode();
    expect(actions).toEqual(expect.arrayContaining(['signed-in', 'pin-wrong', 'network-locked', 'network-day-over']));
    expect(actions.filter((action) => !journalActions.includes(action))).toEqual([]);
  });

  it('says who did it, by name where the trail knows it and by role where it does not', () => {
    const act = { actor: 'host' as const, name: null, action: 'approved', about: null };
    expect(tellAct(act, 'fr')).toBe('Un·e hôte a approuvé le portrait.');
    expect(tellAct({ ...act, name: 'Nadia' }, 'fr')).toBe('Nadia a approuvé le portrait.');
    expect(tellAct({ ...act, name: 'Nadia', action: 'staff-added', about: 'Théo' }, 'en')).toBe(
      'Nadia added Théo to the team.',
    );
    expect(actorName({ actor: 'visitor', name: null }, 'fr')).toBe('Une personne en visite');
    for (const language of languages) {
      for (const action of journalActions) {
        const text = tellAct({ ...act, action }, language);
        expect(text).not.toMatch(/[{}]/);
        expect(text).toMatch(/\.$/);
      }
      expect(tellAct({ ...act, action: 'of-another-age' }, language)).toContain('of-another-age');
    }
  });
});
