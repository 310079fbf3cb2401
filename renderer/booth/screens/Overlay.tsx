import { type ReactNode, useEffect, useRef } from 'react';
import { Button } from '../../ui/Button.tsx';
import { useBooth, useNow } from '../view.ts';
import type { OverlayName } from '../which-screen.ts';

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
  return <Sure name={name} />;
}

/** Leaving or erasing: both answers weigh the same. */
function Sure({ name }: { name: 'leave' | 'erase' }) {
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
          <span className="tabular">{say('idle.text', { n: left })}</span> {visit.finished !== null && say('idle.kept')}
        </>
      }
    >
      <Button look="main" data-choice onClick={() => act({ type: 'ACTIVITY' })}>
        {say('idle.here')}
      </Button>
    </Dialog>
  );
}
