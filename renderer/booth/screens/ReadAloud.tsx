import { useEffect, useRef, useState } from 'react';
import { type ReadingKey, readingPath, readingVersion } from '../../../shared/i18n/booth/reading.ts';
import { Button } from '../../ui/Button.tsx';
import type { Stop } from '../ports.ts';
import { useBooth } from '../view.ts';
import { useTexts } from './texts.ts';

/** Somebody who listens is there, although they touch nothing. */
const signOfLifeMs = 5000;

/** Reads what the screen shows, at a tap; another tap stops it, and so does leaving the screen. */
export function ReadAloud({ keys }: { keys: readonly ReadingKey[] }) {
  const { sound, act, say } = useBooth();
  const found = useTexts();
  const [reading, setReading] = useState(false);
  const stop = useRef<Stop>(() => undefined);

  useEffect(() => () => stop.current(), []);
  useEffect(() => {
    if (!reading) return;
    const timer = setInterval(() => act({ type: 'ACTIVITY' }), signOfLifeMs);
    return () => clearInterval(timer);
  }, [reading, act]);

  // Texts of another version than the one that was spoken are not read with words that are not theirs.
  if (found?.texts.version !== readingVersion) return null;
  const { language } = found.texts;

  function toggle(): void {
    stop.current();
    setReading(!reading);
    if (reading) return;
    const addresses = keys.map((key) => readingPath(language, key));
    stop.current = sound.readAloud(addresses, () => setReading(false));
  }

  return (
    <Button className="button-read" icon={<Speaker />} data-choice aria-pressed={reading} onClick={toggle}>
      {reading ? say('read.stop') : say('read.aloud')}
    </Button>
  );
}

function Speaker() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2.2" aria-hidden="true">
      <path d="M4 9.5v5h3.5L12 19V5L7.5 9.5H4Z" fill="currentColor" strokeLinejoin="round" />
      <path d="M15.5 9a4 4 0 0 1 0 6m2.6-8.6a8 8 0 0 1 0 11.2" strokeLinecap="round" />
    </svg>
  );
}
