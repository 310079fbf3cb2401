import { localised } from '../../../shared/domain/language.ts';
import { eventDay } from '../../../shared/i18n/dates.ts';
import { typeset } from '../../../shared/i18n/typography.ts';
import { Button } from '../../ui/Button.tsx';
import { stillness, useBooth } from '../view.ts';
import { voiceShape } from '../voice-shape.ts';
import { Languages } from './Languages.tsx';
import { LiveRing } from './LiveRing.tsx';
import { Screen } from './Screen.tsx';

const bars = 240;
const shape = voiceShape(bars);

/** The ring breathes by itself: the microphone is not open before somebody has said yes. */
function breathe(values: Float32Array, elapsed: number): number {
  const breath = 0.78 + 0.22 * Math.sin(elapsed / 1400);
  for (let bar = 0; bar < bars; bar++) {
    const ripple = 0.88 + 0.12 * Math.sin(elapsed / 900 + (bar / bars) * 12 * Math.PI);
    values[bar] = (shape[bar] ?? 0) * breath * ripple;
  }
  return bars;
}

export function Attract() {
  const { config, visit, act, say } = useBooth();
  const event = config?.event;
  if (event === undefined) return null;
  const { language } = visit;
  return (
    <Screen
      name="attract"
      ground="invite"
      pictureFirst
      abort={false}
      corner={<span className="event-name">{event.name}</span>}
      topRight={<Languages />}
      label={typeset(localised(event.theme, language), language)}
      title={say('attract.title', { n: event.limitSeconds })}
      visual={
        <LiveRing bars={bars} draw={breathe} still={stillness()}>
          <span className="ring-strong">{event.town}</span>
          <span className="ring-soft">{eventDay(event.day, language)}</span>
        </LiveRing>
      }
      actions={
        <>
          <Button look="main" data-choice onClick={() => act({ type: 'START' })}>
            {say('attract.start')}
          </Button>
          <p className="hint">{(config?.bigButtonKeys.length ?? 0) > 0 && say('attract.button')}</p>
        </>
      }
    >
      <p className="lead">{say('attract.text')}</p>
    </Screen>
  );
}
