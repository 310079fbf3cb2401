import { localised } from '../../../shared/domain/language.ts';
import { typeset } from '../../../shared/i18n/typography.ts';
import { Button } from '../../ui/Button.tsx';
import { times } from '../chart/setup.ts';
import { questionOf } from '../chart/visit.ts';
import { useBooth, useNow } from '../view.ts';
import { LiveRing } from './LiveRing.tsx';
import { Screen } from './Screen.tsx';
import { SilentRing } from './StillRing.tsx';

/** The question as it is shown, in the visitor's language. */
export function useQuestion(): string {
  const { config, visit } = useBooth();
  const question = questionOf({ config, visit });
  return question === undefined ? '' : typeset(localised(question.text, visit.language), visit.language);
}

export function Question() {
  const { config, act, say } = useBooth();
  const several = (config?.event.questions.length ?? 0) > 1;
  const go = (
    <Button look="main" data-choice onClick={() => act({ type: 'GO' })}>
      {say('question.go')}
    </Button>
  );
  return (
    <Screen
      name="question"
      back
      label={say('question.label')}
      liveTitle
      title={useQuestion()}
      actions={
        several ? (
          <div className="pair">
            <Button look="equal" data-choice onClick={() => act({ type: 'OTHER_QUESTION' })}>
              {say('question.other')}
            </Button>
            {go}
          </div>
        ) : (
          go
        )
      }
    >
      <p className="lead">{say('question.text', { n: config?.event.limitSeconds ?? 90 })}</p>
    </Screen>
  );
}

const bars = 90;

/** The ring fills while the countdown runs; the figure stands in it. */
export function Countdown() {
  const { visit, matches, sound, say } = useBooth();
  const now = useNow(50);
  const running = matches({ visit: { take: 'countdown' } });
  const left = running ? Math.min(3, Math.max(1, Math.ceil((visit.goAt - now) / 1000))) : null;
  const draw = (values: Float32Array) => {
    const part = running ? Math.min(1, Math.max(0, 1 - (visit.goAt - sound.now()) / times.countdown)) : 0;
    values.fill(0.12);
    return Math.round(part * bars);
  };
  return (
    <Screen
      name="countdown"
      back
      label={useQuestion()}
      title={say('countdown.title')}
      visual={
        <LiveRing bars={bars} draw={draw} className="ring-ink">
          <span className="figure" aria-live="assertive">
            {left}
          </span>
        </LiveRing>
      }
    />
  );
}

export function Refused() {
  const { visit, act, say } = useBooth();
  const { beginFailure } = visit;
  const disk = beginFailure === 'disk';
  const changed = beginFailure === 'unknownText';
  const guardian = beginFailure === 'guardian';
  return (
    <Screen
      name="refused"
      back
      visual={<SilentRing />}
      title={
        disk
          ? say('refused.disk')
          : changed
            ? say('refused.text')
            : guardian
              ? say('refused.guardian')
              : say('refused.studio')
      }
      actions={
        <Button look="main" data-choice onClick={() => act({ type: changed ? 'ABORT' : 'RETRY' })}>
          {changed ? say('nav.home') : guardian ? say('refused.again') : say('nav.retry')}
        </Button>
      }
    >
      <p className="lead">
        {disk
          ? say('refused.diskText')
          : changed
            ? say('refused.textText')
            : guardian
              ? say('refused.guardianText')
              : say('refused.studioText')}
      </p>
    </Screen>
  );
}
