import { Button } from '../../ui/Button.tsx';
import { useBooth } from '../view.ts';
import type { ScreenName } from '../which-screen.ts';
import { Screen } from './Screen.tsx';
import { BreathingRing, SilentRing } from './StillRing.tsx';
import { usePurposeWords } from './texts.ts';

/** A sentence and a way on; what the booth says while it works, and when it says goodbye. */
function Saying({ name, title, text, done }: { name: ScreenName; title: string; text: string; done: string }) {
  const { act } = useBooth();
  return (
    <Screen
      name={name}
      abort={false}
      title={title}
      visual={<SilentRing />}
      actions={
        <Button look="main" data-choice onClick={() => act({ type: 'NEXT' })}>
          {done}
        </Button>
      }
    >
      <p className="lead">{text}</p>
    </Screen>
  );
}

export function Declined() {
  const { say } = useBooth();
  return <Saying name="declined" title={say('declined.title')} text={say('declined.text')} done={say('nav.home')} />;
}

export function Resting() {
  const { readiness, say } = useBooth();
  const text = readiness === 'disk' ? say('resting.disk') : say('resting.other');
  return <Saying name="resting" title={say('resting.title')} text={text} done={say('nav.home')} />;
}

export function Erased() {
  const { matches, say } = useBooth();
  const soon = matches({ visit: 'erasedSoon' });
  return (
    <Saying
      name="erased"
      title={soon ? say('erasedSoon.title') : say('erased.title')}
      text={soon ? say('erasedSoon.text') : say('erased.text')}
      done={say('nav.home')}
    />
  );
}

export function Withdrawn() {
  const { visit, say } = useBooth();
  const { withdrawing, ticket } = visit;
  const labelOf = usePurposeWords();
  const [only] = withdrawing === 'all' ? [] : withdrawing;
  const all = only === undefined || ticket?.state === 'withdrawn';
  return (
    <Saying
      name="withdrawn"
      title={say('withdrawn.title')}
      text={all ? say('withdrawn.all') : say('withdrawn.one', { purpose: labelOf(only).label })}
      done={say('nav.home')}
    />
  );
}

export function Loading() {
  const { matches, act, say } = useBooth();
  const silent = matches({ visit: 'unavailable' });
  return (
    <Screen
      name="loading"
      abort={false}
      title={silent ? say('unavailable.title') : say('loading.title')}
      visual={<BreathingRing />}
      {...(silent && {
        actions: (
          <Button look="main" data-choice onClick={() => act({ type: 'RETRY' })}>
            {say('nav.retry')}
          </Button>
        ),
      })}
    >
      <p className="lead">{silent ? say('unavailable.text') : say('loading.text')}</p>
    </Screen>
  );
}

/** Short, and still with the way out. */
export function Working({ name }: { name: 'stopping' | 'keeping' | 'erasing' | 'withdrawing' }) {
  const { say } = useBooth();
  return (
    <Screen name={name} title={say(`${name}.title`)} visual={<BreathingRing className="ring-voice" />}>
      <p className="lead" role="status">
        {say(`${name}.text`)}
      </p>
    </Screen>
  );
}

export function Unheard() {
  const { act, say } = useBooth();
  return (
    <Screen
      name="unheard"
      back
      visual={<SilentRing />}
      title={say('unheard.title')}
      actions={
        <div className="pair">
          <Button look="equal" data-choice onClick={() => act({ type: 'CALL' })}>
            {say('nav.help')}
          </Button>
          <Button look="main" data-choice onClick={() => act({ type: 'AGAIN' })}>
            {say('review.again')}
          </Button>
        </div>
      }
    >
      <p className="lead">{say('unheard.text')}</p>
    </Screen>
  );
}
