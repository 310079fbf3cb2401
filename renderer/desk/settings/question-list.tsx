import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';
import { type EventFields, moved } from './event-fields.ts';
import { TextsField } from './texts-field.tsx';

type Questions = EventFields['questions'];
/** The contract takes no more. */
const mostQuestions = 20;

export interface QuestionListProps {
  questions: Questions;
  /** The form was sent: what is missing is said. */
  asked: boolean;
  newQuestionId(): string;
  onChange(questions: Questions): void;
}

/** The questions in the order the booth offers them. */
export function QuestionList({ questions, asked, newQuestionId, onChange }: QuestionListProps) {
  const { say } = useDesk();
  return (
    <fieldset className="questions">
      <legend>{say('eventQuestions')}</legend>
      <p className="hint">{say('eventFrenchNeeded')}</p>
      <ol>
        {questions.map((question, index) => {
          const n = index + 1;
          return (
            <li key={question.id}>
              <TextsField
                legend={say('eventQuestion', { n })}
                texts={question.text}
                problem={asked && question.text.fr.trim() === '' ? say('fieldNeeded') : undefined}
                onChange={(text) => onChange(questions.map((one) => (one === question ? { ...one, text } : one)))}
              />
              <div className="question-acts">
                <button
                  type="button"
                  aria-label={say('eventQuestionUp', { n })}
                  disabled={index === 0}
                  onClick={() => onChange(moved(questions, index, -1))}
                >
                  ↑
                </button>
                <button
                  type="button"
                  aria-label={say('eventQuestionDown', { n })}
                  disabled={n === questions.length}
                  onClick={() => onChange(moved(questions, index, 1))}
                >
                  ↓
                </button>
                <button
                  type="button"
                  aria-label={say('eventQuestionRemove', { n })}
                  disabled={questions.length === 1}
                  onClick={() => onChange(questions.filter((one) => one !== question))}
                >
                  ✕
                </button>
              </div>
            </li>
          );
        })}
      </ol>
      <Button
        look="equal"
        disabled={questions.length >= mostQuestions}
        onClick={() => onChange([...questions, { id: newQuestionId(), text: { fr: '', en: '', nl: '' } }])}
      >
        {say('eventQuestionAdd')}
      </Button>
    </fieldset>
  );
}
