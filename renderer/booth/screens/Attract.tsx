import { useEffect, useState } from 'react';
import { localised } from '../../../shared/domain/language.ts';
import { eventDay } from '../../../shared/i18n/dates.ts';
import { typeset } from '../../../shared/i18n/typography.ts';
import { Button } from '../../ui/Button.tsx';
import { StaffDoor } from '../staff/StaffDoor.tsx';
import { useBooth } from '../view.ts';
import { Languages } from './Languages.tsx';
import { Screen } from './Screen.tsx';
import { BreathingRing } from './StillRing.tsx';

export function Attract() {
  const { config, visit, sound, act, say } = useBooth();
  const [tested, setTested] = useState(false);
  useEffect(() => sound.onTest(setTested), [sound]);
  const event = config?.event;
  if (event === undefined) return null;
  const { language } = visit;
  return (
    <Screen
      name="attract"
      ground="invite"
      pictureFirst
      abort={false}
      corner={
        <StaffDoor>
          <span className="event-name">{event.name}</span>
        </StaffDoor>
      }
      topRight={<Languages />}
      label={typeset(localised(event.theme, language), language)}
      title={say('attract.title', { n: event.limitSeconds })}
      visual={
        <BreathingRing>
          <span className="ring-strong">{event.town}</span>
          <span className="ring-soft">{eventDay(event.day, language)}</span>
        </BreathingRing>
      }
      actions={
        <>
          <Button look="main" data-choice onClick={() => act({ type: 'START' })}>
            {say('attract.start')}
          </Button>
          <div className="attract-foot">
            {/* Whoever stands there is told that the microphone is open, and what for. */}
            {tested && (
              <p className="hint hint-strong" role="status">
                {say('attract.test')}
              </p>
            )}
            <p className="hint">{!tested && (config?.bigButtonKeys.length ?? 0) > 0 && say('attract.button')}</p>
            <Button className="button-code" onClick={() => act({ type: 'CODE' })}>
              {say('code.open')}
            </Button>
          </div>
        </>
      }
    >
      <p className="lead">{say('attract.text')}</p>
    </Screen>
  );
}
