import type { NameChoice } from '../../../shared/domain/consent.ts';
import { nameLimit } from '../../../shared/domain/portrait.ts';
import { fullDay } from '../../../shared/i18n/dates.ts';
import { Button } from '../../ui/Button.tsx';
import { contactLimit } from '../chart/choices.ts';
import { useBooth } from '../view.ts';
import { ReadAloud } from './ReadAloud.tsx';
import { Screen } from './Screen.tsx';
import { useTypeIn } from './TypeIn.tsx';
import { usePurposeWords, useTexts } from './texts.ts';

/** The name the visitor is called by as things stand; empty for none. */
function useNameShown(): string {
  const { visit } = useBooth();
  const { nameShown, pseudonym } = visit.allowed;
  if (nameShown === 'name') return visit.speaker.firstName.trim();
  return nameShown === 'pseudonym' ? pseudonym.trim() : '';
}

/**
 * What may be done with it: nothing is ticked beforehand, one choice a purpose, and the button says what it does. With
 * nothing ticked it says that nothing is kept; with something ticked, refusing is as large as allowing.
 */
export function Choices() {
  const { config, visit, act, say } = useBooth();
  const found = useTexts();
  const labelOf = usePurposeWords();
  const name = useNameShown();
  if (found === undefined) return null;
  const { texts, set } = found;
  const offered = config?.consent.purposes ?? [];
  const { purposes, contact } = visit.allowed;
  const until = config?.consent.until ?? null;
  const any = purposes.length > 0;
  return (
    <Screen
      name="choices"
      back
      topRight={<ReadAloud keys={['choices', ...offered, 'confirm']} />}
      title={set(texts.choices.title)}
      actions={
        any ? (
          <div className="pair">
            <Button look="equal" data-choice onClick={() => act({ type: 'REFUSE' })}>
              {say('choices.refuse')}
            </Button>
            <Button look="main" data-choice onClick={() => act({ type: 'ALLOW' })}>
              {say('choices.allow')}
            </Button>
          </div>
        ) : (
          <Button look="equal" className="button-refuse" data-choice onClick={() => act({ type: 'REFUSE' })}>
            {set(texts.choices.none)}
          </Button>
        )
      }
    >
      <p className="lead" lang={texts.language}>
        {set(texts.choices.lead)}
      </p>
      <fieldset className="purposes" data-many={offered.length > 4} lang={texts.language}>
        <legend className="visually-hidden">{set(texts.choices.title)}</legend>
        {offered.map((purpose) => {
          const { label, explain } = labelOf(purpose);
          const ticked = purposes.includes(purpose);
          return (
            // biome-ignore lint/a11y/useSemanticElements: a button is scanned, pressed and sized as every other choice
            <button
              key={purpose}
              type="button"
              role="checkbox"
              className="purpose"
              aria-checked={ticked}
              aria-labelledby={`purpose-${purpose}`}
              aria-describedby={`explain-${purpose}`}
              data-choice
              onClick={() => act({ type: 'TICK', purpose })}
            >
              <span className="purpose-box" aria-hidden="true">
                {ticked && <Tick />}
              </span>
              <span className="purpose-words">
                <strong id={`purpose-${purpose}`}>{label}</strong>
                <span id={`explain-${purpose}`}>{explain}</span>
              </span>
            </button>
          );
        })}
      </fieldset>
      <div className="choices-foot">
        <Button className="name-row" data-choice onClick={() => act({ type: 'NAME' })}>
          <span>
            {say('choices.name')} :{' '}
            <strong>{name === '' ? set(texts.choices.name.anonymous) : <bdi>{name}</bdi>}</strong>
          </span>
          <span className="name-change">{say('choices.change')}</span>
        </Button>
        {config?.consent.askContact === true && (
          <Button className="contact-row" onClick={() => act({ type: 'CONTACT' })}>
            {contact.trim() === '' ? say('choices.contact') : say('choices.contactLeft')}
          </Button>
        )}
      </div>
      <p className="until">
        {until === null ? say('choices.always') : say('choices.until', { day: fullDay(until, visit.language) })}
      </p>
    </Screen>
  );
}

function Tick() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="3.2" aria-hidden="true">
      <path d="m5 12.5 4.5 4.5L19 7.5" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}

/** As they introduced themselves, under another name, or under none. */
export function NameShown() {
  const { visit, act, say, mode } = useBooth();
  const found = useTexts();
  const { nameShown, pseudonym } = visit.allowed;
  const given = visit.speaker.firstName.trim();
  const writing = nameShown === 'pseudonym';
  const done = () => act({ type: 'NEXT' });
  const { field, keyboard } = useTypeIn({
    label: say('nameShown.field'),
    value: pseudonym,
    limit: nameLimit,
    onChange: (value) => act({ type: 'CHOOSE', change: { pseudonym: value } }),
    onEnter: done,
  });
  if (found === undefined) return null;
  const { texts, set } = found;
  const choose = (choice: NameChoice) => act({ type: 'CHOOSE', change: { nameShown: choice } });
  // Another name has to be typed, which a single button cannot.
  const others: NameChoice[] = mode === 'button' ? ['anonymous'] : ['pseudonym', 'anonymous'];
  return (
    <Screen
      name="nameShown"
      back
      title={say('nameShown.title')}
      actions={
        <>
          {writing && keyboard}
          <Button look="main" data-choice onClick={done}>
            {say('nameShown.done')}
          </Button>
        </>
      }
    >
      <div className="names" role="radiogroup" aria-labelledby="title">
        {[...(given === '' ? [] : (['name'] as const)), ...others].map((choice) => (
          // biome-ignore lint/a11y/useSemanticElements: a button is scanned, pressed and sized as every other choice
          <button
            key={choice}
            type="button"
            role="radio"
            className="purpose purpose-round"
            aria-checked={nameShown === choice}
            data-choice
            onClick={() => choose(choice)}
          >
            <span className="purpose-box" aria-hidden="true" />
            <span className="purpose-words">
              <strong>{set(texts.choices.name[choice])}</strong>
              {choice === 'name' && <bdi className="purpose-given">{given}</bdi>}
            </span>
          </button>
        ))}
      </div>
      {writing && field}
    </Screen>
  );
}

/** A way to be reached: never asked for in passing, never needed. */
export function Contact() {
  const { visit, act, say } = useBooth();
  const done = () => act({ type: 'NEXT' });
  const { field, keyboard } = useTypeIn({
    label: say('contact.field'),
    value: visit.allowed.contact,
    limit: contactLimit,
    kind: 'contact',
    onChange: (value) => act({ type: 'CHOOSE', change: { contact: value } }),
    onEnter: done,
  });
  return (
    <Screen
      name="contact"
      back
      title={say('contact.title')}
      actions={
        <>
          {keyboard}
          <Button look="main" data-choice onClick={done}>
            {visit.allowed.contact.trim() === '' ? say('nav.skip') : say('nameShown.done')}
          </Button>
        </>
      }
    >
      <p className="lead">{say('contact.text')}</p>
      {field}
    </Screen>
  );
}
