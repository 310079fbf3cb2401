import { Button } from '../../ui/Button.tsx';
import { useBooth } from '../view.ts';
import { Screen } from './Screen.tsx';

/** The one choice that is asked for; choosing goes on at once. */
export function Cooperative() {
  const { config, visit, act, say } = useBooth();
  return (
    <Screen
      name="cooperative"
      back
      title={say('cooperative.title')}
      actions={
        <div className="cooperatives">
          {config?.cooperatives.map(({ id, name }) => (
            <Button
              key={id}
              look="equal"
              data-choice
              {...(visit.speaker.cooperativeId === id && { 'aria-current': 'true' })}
              onClick={() => act({ type: 'COOPERATIVE', id })}
            >
              {name}
            </Button>
          ))}
          <Button look="main" data-choice onClick={() => act({ type: 'COOPERATIVE', id: null })}>
            {say('cooperative.none')}
          </Button>
        </div>
      }
    />
  );
}
