import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Member } from '../../../../shared/contract/staff.ts';
import { useDesk } from '../../desk-context.ts';
import { codeOf, dataOf } from '../../problems.ts';

/** What a refusal of the team's calls says, or undefined when it is none of theirs. */
export function useTeamRefusal(): (error: unknown) => string | undefined {
  const { say, format } = useDesk();
  return (error) => {
    const wait = Number(dataOf(error, 'waitSeconds') ?? 0);
    switch (codeOf(error)) {
      case 'TAKEN':
        return say('teamTaken');
      case 'LAST_ORGANISER':
        return say('teamLast');
      case 'LOCKED':
        return say('pinLocked');
      case 'WAIT':
        return say('teamWait', { time: format.wait(wait) });
      case 'WRONG_PIN':
        return wait > 0 ? say('pinWrongWait', { time: format.wait(wait) }) : say('pinWrong');
      default:
        return undefined;
    }
  };
}

/** One change of the team; `refused` is told what an expected refusal says. */
export function useTeamChange<Input>(
  call: (input: Input) => Promise<Member>,
  done: (member: Member) => void,
  refused: (text: string) => void,
) {
  const { tellProblem } = useDesk();
  const queries = useQueryClient();
  const refusal = useTeamRefusal();
  return useMutation({
    mutationFn: call,
    onSuccess(member) {
      void queries.invalidateQueries({ queryKey: ['staff'] });
      done(member);
    },
    onError(error) {
      const text = refusal(error);
      if (text === undefined) tellProblem(error);
      else refused(text);
    },
  });
}
