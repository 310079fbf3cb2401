import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { settings } from '../../../shared/contract/settings.ts';
import { useDesk } from '../desk-context.ts';

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
    onError: tellProblem,
  });
}
