import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Ring } from '../../ui/Ring.tsx';
import { useDesk } from '../desk-context.ts';
import { BackToBooth } from '../shell/back-to-booth.tsx';
import { Choices } from '../shell/choices.tsx';
import { SetUp } from './set-up.tsx';
import { SignIn } from './sign-in.tsx';

/** Decoration of the lock: a still voice. */
const stillVoice = Array.from({ length: 96 }, (_, bar) => {
  const wave = Math.abs(Math.sin(bar * 0.55) * Math.sin(bar * 0.21 + 1)) ** 0.8;
  return 0.08 + 0.8 * wave;
});

/** The screen before the desk: a first PIN where there is none, else the PIN. */
export function Gate() {
  const { api, say } = useDesk();
  const [known, setKnown] = useState(false);
  const status = useQuery({ queryKey: ['staff'], queryFn: () => api.staff.status({}), retry: true, retryDelay: 2000 });
  const setUp = known || status.data?.setUp === true;
  return (
    <main className="gate">
      <div className="gate-ring" aria-hidden="true">
        <Ring values={stillVoice} />
      </div>
      <div className="gate-card">
        <p className="gate-brand">{say('brand')}</p>
        {status.data === undefined && !known ? (
          <Waiting failed={status.failureCount > 0} onRetry={() => void status.refetch()} />
        ) : setUp ? (
          <SignIn notice={known ? say('pinSetAlready') : undefined} />
        ) : (
          <SetUp onKnown={() => setKnown(true)} />
        )}
        <BackToBooth />
      </div>
      <Choices className="gate-choices" />
    </main>
  );
}

function Waiting({ failed, onRetry }: { failed: boolean; onRetry(): void }) {
  const { say } = useDesk();
  return (
    <div className="gate-form" aria-live="polite">
      <h1>{say('desk')}</h1>
      <p>{say(failed ? 'unreachable' : 'loading')}</p>
      {failed && <Button onClick={onRetry}>{say('tryAgain')}</Button>}
    </div>
  );
}
