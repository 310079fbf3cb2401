import { Button } from '../../ui/Button.tsx';
import { useBooth } from '../view.ts';
import { Languages } from './Languages.tsx';
import { ReadAloud } from './ReadAloud.tsx';
import { Screen } from './Screen.tsx';
import { useTexts } from './texts.ts';

/**
 * The words are shown exactly as the booth stores them with the answer: only their spaces are set. Three answers of the
 * same weight, so that nobody's age costs a tap and « non merci » is as near as « oui ».
 */
export function Notice() {
  const { act, say, mode } = useBooth();
  const found = useTexts();
  if (found === undefined) return null;
  const { texts, set } = found;
  return (
    <Screen
      name="notice"
      back
      topRight={<Languages short choice />}
      label={<span lang={texts.language}>{set(texts.title)}</span>}
      title={set(texts.ask)}
      actions={
        <div className="answers">
          <Button look="equal" data-choice onClick={() => act({ type: 'YES' })}>
            {say('notice.yes')}
          </Button>
          <Button look="equal" data-choice onClick={() => act({ type: 'MINOR' })}>
            {say('notice.minor')}
          </Button>
          <Button look="equal" data-choice onClick={() => act({ type: 'NO' })}>
            {say('notice.no')}
          </Button>
        </div>
      }
    >
      <div className="paragraphs" lang={texts.language}>
        {texts.paragraphs.map((paragraph) => (
          <p key={paragraph}>{set(paragraph)}</p>
        ))}
      </div>
      <div className="asides">
        <ReadAloud keys={['notice']} />
        <Button data-choice onClick={() => act({ type: 'READ' })}>
          {say('full.open')}
        </Button>
        {/* At the start the one button begins a visit at once; its way to an earlier one is here. */}
        {mode === 'button' && (
          <Button data-choice onClick={() => act({ type: 'CODE' })}>
            {say('code.open')}
          </Button>
        )}
      </div>
    </Screen>
  );
}
