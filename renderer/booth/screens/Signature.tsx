import { useState } from 'react';
import type { Signature as Strokes } from '../../../shared/contract/consent.ts';
import { Button } from '../../ui/Button.tsx';
import { useBooth } from '../view.ts';
import { Screen } from './Screen.tsx';
import { SignaturePad } from './SignaturePad.tsx';
import { useTexts } from './texts.ts';

/** The guardian's own hand: the sentence they sign, the field, and a no as large as the yes. */
export function Signature() {
  const { visit, act, say } = useBooth();
  const found = useTexts();
  const [strokes, setStrokes] = useState<Strokes>([]);
  if (found === undefined) return null;
  const { texts, set } = found;
  const { name, role } = visit.guardian;
  const drawn = strokes.length > 0;
  return (
    <Screen
      name="signature"
      back
      label={`${name}, ${say(`guardian.${role}`)}`}
      title={set(texts.minor.ask)}
      visual={<SignaturePad strokes={strokes} onChange={setStrokes} />}
      actions={
        <>
          <div className="asides">
            <Button disabled={!drawn} onClick={() => setStrokes(strokes.slice(0, -1))}>
              {say('signature.undo')}
            </Button>
            <Button disabled={!drawn} onClick={() => setStrokes([])}>
              {say('signature.clear')}
            </Button>
          </div>
          <div className="pair">
            <Button look="equal" data-choice onClick={() => act({ type: 'NO' })}>
              {say('notice.no')}
            </Button>
            <Button look="main" disabled={!drawn} onClick={() => act({ type: 'SIGN', signature: strokes })}>
              {say('signature.sign')}
            </Button>
          </div>
        </>
      }
    >
      <p className="hint-line">{say('signature.keys')}</p>
    </Screen>
  );
}
