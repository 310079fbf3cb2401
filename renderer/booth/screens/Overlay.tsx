import { type ReactNode, useEffect, useRef } from 'react';
import { Button } from '../../ui/Button.tsx';
import { useBooth, useNow } from '../view.ts';
import type { OverlayName } from '../which-screen.ts';
import { FullText } from './FullText.tsx';
import { usePurposeWords } from './texts.ts';

/** A question laid over the screen; what lies beneath cannot be reached while it stands. */
function Dialog({
  name,
  title,
  text,
  children,
}: {
  name: string;
  title: string;
  text: ReactNode;
  children: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <div className="overlay">
      <div
        className="dialog"
        role="alertdialog"
        aria-modal="true"
        aria-labelledby="ask"
        aria-describedby="ask-text"
        data-overlay={name}
      >
        <h2 id="ask" ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <p id="ask-text" className="lead">
          {text}
        </p>
        <div className="pair">{children}</div>
      </div>
    </div>
  );
}

export function Overlay({ name }: { name: Exclude<OverlayName, null> }) {
  if (name === 'idle') return <Idle />;
  if (name === 'full') return <FullText />;
  if (name === 'withdraw') return <Withdraw />;
  return <Sure name={name} />;
}

/** Taking back what was allowed: all of it, or one use. */
function Withdraw() {
  const { visit, act, say } = useBooth();
  const labelOf = usePurposeWords();
  const [only] = visit.withdrawing === 'all' ? [] : visit.withdrawing;
  const title = only === undefined ? say('withdraw.title') : say('withdraw.one');
  const text = only === undefined ? say('withdraw.text') : say('withdraw.oneText', { purpose: labelOf(only).label });
  return (
    <Dialog name="withdraw" title={title} text={text}>
      <Button look="equal" data-choice onClick={() => act({ type: 'CANCEL' })}>
        {say('withdraw.no')}
      </Button>
      <Button look="main" data-choice onClick={() => act({ type: 'CONFIRM' })}>
        {say('withdraw.yes')}
      </Button>
    </Dialog>
  );
}

/** Leaving, erasing, allowing nothing: both answers weigh the same. */
function Sure({ name }: { name: 'leave' | 'erase' | 'nothing' }) {
  const { act, say } = useBooth();
  return (
    <Dialog name={name} title={say(`${name}.title`)} text={say(`${name}.text`)}>
      <Button look="equal" data-choice onClick={() => act({ type: 'CONFIRM' })}>
        {say(`${name}.yes`)}
      </Button>
      <Button look="main" data-choice onClick={() => act({ type: 'CANCEL' })}>
        {say(`${name}.no`)}
      </Button>
    </Dialog>
  );
}

function Idle() {
  const { config, visit, sound, act, say } = useBooth();
  const now = useNow(250);
  const began = useRef(sound.now());
  const left = Math.max(0, Math.ceil((config?.idleGraceSeconds ?? 15) - (now - began.current) / 1000));
  return (
    <Dialog
      name="idle"
      title={say('idle.title')}
      text={
        <>
          <span className="tabular">{say('idle.text', { n: left })}</span>{' '}
          {visit.finished !== null && !visit.kept && say('idle.kept')}
        </>
      }
    >
      <Button look="main" data-choice onClick={() => act({ type: 'ACTIVITY' })}>
        {say('idle.here')}
      </Button>
    </Dialog>
  );
}
