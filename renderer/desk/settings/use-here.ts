import { useQuery } from '@tanstack/react-query';
import { useDesk } from '../desk-context.ts';

/** Whether this desk stands at the booth itself: a desk on the network changes nothing that names programs or folders there. */
export function useHere(): boolean {
  const { api } = useDesk();
  const status = useQuery({ queryKey: ['staff'], queryFn: () => api.staff.status({}) });
  return status.data?.network !== true;
}
