import { type FormEvent, useState } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { useDesk } from '../../desk-context.ts';
import { shortestPin } from '../../gate/pin.ts';
import { PinLine } from './pin-line.tsx';
import { useTeamChange } from './use-team.ts';

/** Changes one's own PIN: the old one, then the new one twice. */
export function OwnPin() {
  const { api, say, tell } = useDesk();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [problem, setProblem] = useState<string>();
  const save = useTeamChange(
    () => api.staff.changePin({ current, next }),
    () => {
      tell({ text: say('teamOwnChanged') });
      for (const clear of [setCurrent, setNext, setAgain]) clear('');
    },
    setProblem,
  );

  function submit(event: FormEvent) {
    event.preventDefault();
    if (current.length < shortestPin || next.length < shortestPin) return setProblem(say('pinShort'));
    if (next !== again) return setProblem(say('pinDiffers'));
    setProblem(undefined);
    save.mutate(undefined);
  }

  return (
    <form className="form" onSubmit={submit}>
      <div className="form-row">
        <PinLine label={say('teamOwnNow')} hint={undefined} value={current} onChange={setCurrent} />
        <PinLine label={say('teamPinNew')} value={next} onChange={setNext} />
        <PinLine label={say('pinAgain')} hint={undefined} value={again} onChange={setAgain} />
      </div>
      <p className="problem" role="status">
        {problem}
      </p>
      <div>
        <Button type="submit" disabled={save.isPending || current === '' || next === ''}>
          {say('teamOwnChange')}
        </Button>
      </div>
    </form>
  );
}
