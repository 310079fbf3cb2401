import { Button } from '../../ui/Button.tsx';
import { Ring } from '../../ui/Ring.tsx';
import { useBooth } from '../view.ts';
import type { ScreenName } from '../which-screen.ts';
import { ringOf } from './Review.tsx';
import { Screen } from './Screen.tsx';
import { BreathingRing, SilentRing } from './StillRing.tsx';

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

/** `stopping`, `keeping` and `erasing`: short, and still with the way out. */
export function Working({ name }: { name: 'stopping' | 'keeping' | 'erasing' }) {
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

/** The visitor's voice is the cover; in it stands the code they take home. */
export function Thanks() {
  const { visit, act, say } = useBooth();
  const { code, finished, speaker } = visit;
  const name = speaker.firstName.trim();
  return (
    <Screen
      name="thanks"
      ground="panel"
      abort={false}
      title={name === '' ? say('thanks.title') : say('thanks.named', { name })}
      visual={
        <>
          <p className="visually-hidden">{say('thanks.cover')}</p>
          <Ring values={ringOf(finished?.peaks ?? [])} className="ring-cover">
            {code !== null && (
              <p className="code">
                <span className="ring-soft">{say('thanks.code')}</span>
                <strong className="tabular">
                  {/* A minus sign would be read; a letter at a time is what has to be heard. */}
                  <span aria-hidden="true">{code.replace('-', '\u2011')}</span>
                  <span className="visually-hidden">{code.split('').join(' ')}</span>
                </strong>
              </p>
            )}
          </Ring>
        </>
      }
      actions={
        <Button look="main" data-choice onClick={() => act({ type: 'NEXT' })}>
          {say('thanks.done')}
        </Button>
      }
    >
      <p className="lead">{code === null ? say('thanks.later') : say('thanks.text')}</p>
    </Screen>
  );
}
