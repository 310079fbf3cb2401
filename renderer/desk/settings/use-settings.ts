import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { SettingHere, settings } from '../../../shared/contract/settings.ts';
import { placeProblems } from '../../../shared/domain/places.ts';
import { useDesk } from '../desk-context.ts';
import { codeOf, dataOf } from '../problems.ts';

export type Settings = z.infer<typeof settings>;

export function useSettings() {
  const { api } = useDesk();
  return useQuery({ queryKey: ['settings'], queryFn: () => api.settings.get({}) });
}

/** Saves some of the settings over what is stored now, so that two pages of settings do not undo each other. */
export function useSaveSettings(onSaved: () => void) {
  const { api, say, tell, tellProblem } = useDesk();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (part: Partial<Settings>) => api.settings.save({ ...(await api.settings.get({})), ...part }),
    onSuccess(saved) {
      queries.setQueryData(['settings'], saved);
      tell({ text: say('saved') });
      onSaved();
    },
    onError(error) {
      const code = codeOf(error);
      if (code === 'HERE_ONLY') tell({ text: say('hereOnly'), tone: 'bad' });
      // What is wrong with a field is said beside it.
      else if (code !== 'NOT_USABLE') tellProblem(error);
    },
  });
}

/** What the studio found wrong with a field when it was last saved, in words. */
export function usePlaceProblem(error: unknown): (field: SettingHere) => string | undefined {
  const { say } = useDesk();
  const problem = placeProblems.find((one) => one === dataOf(error, 'problem'));
  return (field) => (problem !== undefined && dataOf(error, 'field') === field ? say(`place_${problem}`) : undefined);
}
