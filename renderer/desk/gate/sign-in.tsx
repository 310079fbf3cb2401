import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';
import { codeOf, dataOf } from '../problems.ts';
import { secondsLeft, shortestPin } from './pin.ts';
import { PinField } from './pin-field.tsx';

interface Refusal {
  why: 'wrong' | 'wait';
  until: number;
}

/** The PIN that opens the desk; after wrong guesses it shows how long until the next one is heard. */
export function SignIn({ notice }: { notice: string | undefined }) {
  const { api, session, say, format, tellProblem } = useDesk();
  const [pin, setPin] = useState('');
  const [short, setShort] = useState(false);
  const [other, setOther] = useState<string>();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const left = useSecondsLeft(refusal?.until ?? 0);
  const ended = session.state().status === 'ended';

  const signIn = useMutation({
    mutationFn: (tried: string) => api.staff.signIn({ pin: tried }),
    onSuccess: session.open,
    onError(error) {
      const code = codeOf(error);
      setPin('');
      if (code === 'LOCKED') return setOther(say('pinLocked'));
      if (code === 'TOO_SHORT') return setOther(say('pinShortHere', { n: Number(dataOf(error, 'least') ?? 6) }));
      if (code !== 'WRONG_PIN' && code !== 'WAIT') return tellProblem(error);
      const wait = Number(dataOf(error, 'waitSeconds') ?? 0);
      setRefusal({ why: code === 'WAIT' ? 'wait' : 'wrong', until: performance.now() + wait * 1000 });
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    setOther(undefined);
    setShort(pin.length < shortestPin);
    if (pin.length >= shortestPin && left === 0) signIn.mutate(pin);
  }

  function problem(): string | undefined {
    if (short) return say('pinShort');
    if (other !== undefined) return other;
    if (refusal === null || signIn.isPending) return undefined;
    if (left > 0) return say(refusal.why === 'wait' ? 'pinWait' : 'pinWrongWait', { time: format.wait(left) });
    return say(refusal.why === 'wait' ? 'pinReady' : 'pinWrong');
  }

  return (
    <form className="gate-form" onSubmit={submit}>
      <h1>{say('signInTitle')}</h1>
      {(ended || notice !== undefined) && <p>{ended ? say('signInAgain') : notice}</p>}
      <PinField
        label={say('signInPin')}
        value={pin}
        onChange={(next) => {
          setShort(false);
          setPin(next);
        }}
        problem={problem()}
        disabled={signIn.isPending}
      />
      <Button look="main" type="submit" disabled={signIn.isPending || left > 0} keyName={say('keyEnter')}>
        {say('pinOpen')}
      </Button>
    </form>
  );
}

function useSecondsLeft(until: number): number {
  const [now, setNow] = useState(() => performance.now());
  const left = secondsLeft(until, now);
  useEffect(() => {
    setNow(performance.now());
    if (until <= performance.now()) return;
    const timer = setInterval(() => {
      setNow(performance.now());
      if (performance.now() >= until) clearInterval(timer);
    }, 250);
    return () => clearInterval(timer);
  }, [until]);
  return left;
}
