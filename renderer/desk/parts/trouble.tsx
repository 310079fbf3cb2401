import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';
import { problemOf } from '../problems.ts';

/** A part that could not be had, in one calm sentence, with a way on. */
export function Trouble({ error, onRetry }: { error: unknown; onRetry(): void }) {
  const { say } = useDesk();
  return (
    <div className="empty" role="alert">
      <p>{say(problemOf(error).kind === 'unreachable' ? 'unreachable' : 'fault')}</p>
      <Button onClick={onRetry}>{say('tryAgain')}</Button>
    </div>
  );
}
