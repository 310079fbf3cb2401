import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';
import { Field } from '../parts/field.tsx';
import { codeOf } from '../problems.ts';
import { shortestPin } from './pin.ts';
import { PinField } from './pin-field.tsx';

/** First start: the PIN is chosen twice, so that a slip of the finger does not lock everybody out. */
export function SetUp({ onKnown }: { onKnown(): void }) {
  const { api, session, say, tellProblem } = useDesk();
  const [name, setName] = useState('');
  const [named, setNamed] = useState(false);
  const [first, setFirst] = useState<string | null>(null);
  const [pin, setPin] = useState('');
  const [problem, setProblem] = useState<string>();
  const save = useMutation({
    mutationFn: (chosen: string) => api.staff.setUp({ name: name.trim(), pin: chosen }),
    onSuccess: session.open,
    onError: (error) => (codeOf(error) === 'ALREADY_SET_UP' ? onKnown() : tellProblem(error)),
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!named) return setNamed(name.trim() !== '');
    if (pin.length < shortestPin) return setProblem(say('pinShort'));
    setProblem(undefined);
    setPin('');
    if (first === null) return setFirst(pin);
    if (first === pin) return save.mutate(pin);
    setFirst(null);
    setProblem(say('pinDiffers'));
  }

  return (
    <form className="gate-form" onSubmit={submit}>
      <h1>{say('setUpTitle')}</h1>
      <p>
        {say('setUpWhy')} {say('setUpKeep')}
      </p>
      {named ? (
        <PinField
          key={first === null ? 'first' : 'again'}
          label={say(first === null ? 'pinFirst' : 'pinAgain')}
          value={pin}
          onChange={setPin}
          problem={problem ?? (first === null ? say('pinAdvice') : undefined)}
          disabled={save.isPending}
        />
      ) : (
        <Field
          label={say('setUpName')}
          hint={say('setUpNameHint')}
          value={name}
          onChange={setName}
          maxLength={60}
          autoFocus
          autoComplete="off"
        />
      )}
      <Button look="main" type="submit" disabled={save.isPending} keyName={say('keyEnter')}>
        {say(named && first !== null ? 'pinOpen' : 'pinContinue')}
      </Button>
    </form>
  );
}
