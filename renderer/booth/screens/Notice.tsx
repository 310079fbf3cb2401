import { typeset } from '../../../shared/i18n/typography.ts';
import { Button } from '../../ui/Button.tsx';
import { noticeFor } from '../chart/visit.ts';
import { useBooth } from '../view.ts';
import { Languages } from './Languages.tsx';
import { Screen } from './Screen.tsx';

/** The words are shown exactly as the booth stores them with the answer: only their spaces are set. */
export function Notice() {
  const { config, visit, act, say } = useBooth();
  const notice = noticeFor(config, visit.language);
  if (notice === undefined) return null;
  const set = (text: string) => typeset(text, notice.language);
  return (
    <Screen
      name="notice"
      back
      topRight={<Languages short choice />}
      label={<span lang={notice.language}>{set(notice.title)}</span>}
      title={set(notice.ask)}
      actions={
        <div className="pair">
          <Button look="equal" data-choice onClick={() => act({ type: 'NO' })}>
            {say('notice.no')}
          </Button>
          <Button look="main" data-choice onClick={() => act({ type: 'YES' })}>
            {say('notice.yes')}
          </Button>
        </div>
      }
    >
      <div className="paragraphs" lang={notice.language}>
        {notice.paragraphs.map((paragraph) => (
          <p key={paragraph}>{set(paragraph)}</p>
        ))}
      </div>
    </Screen>
  );
}
