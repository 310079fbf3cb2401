import { type Purpose, purposes } from '../../../shared/domain/consent.ts';
import { purposeKeys } from '../consent/purposes.ts';
import { useDesk } from '../desk-context.ts';
import { Field } from '../parts/field.tsx';
import { type ConsentFields, readPage } from './event-fields.ts';
import { figureWithin } from './figures.ts';

export interface EventConsentProps {
  fields: ConsentFields;
  onChange(part: Partial<ConsentFields>): void;
}

/** Who answers for the recordings, what is asked, and for how long: what every visitor of the day reads. */
export function EventConsent({ fields, onChange }: EventConsentProps) {
  const { say } = useDesk();
  const toggle = (purpose: Purpose, on: boolean) =>
    onChange({
      purposes: purposes.filter((one) => (one === purpose ? on : fields.purposes.includes(one))),
    });
  const pageProblem = (text: string) => (readPage(text) === undefined ? say('eventPageBad') : undefined);
  return (
    <section className="form-part" aria-labelledby="event-consent">
      <h2 id="event-consent">{say('eventConsent')}</h2>
      <p className="soft">{say('eventConsentIntro')}</p>
      <div className="form-row">
        <Field
          label={say('eventController')}
          hint={say('eventControllerHint')}
          value={fields.controller}
          maxLength={120}
          onChange={(controller) => onChange({ controller })}
        />
        <Field
          label={say('eventContact')}
          hint={say('eventContactHint')}
          value={fields.contact}
          maxLength={200}
          onChange={(contact) => onChange({ contact })}
        />
      </div>
      <fieldset className="checks">
        <legend>{say('eventPurposes')}</legend>
        {purposes.map((purpose) => (
          <label key={purpose}>
            <input
              type="checkbox"
              checked={fields.purposes.includes(purpose)}
              onChange={(box) => toggle(purpose, box.target.checked)}
            />
            {say(purposeKeys[purpose])}
          </label>
        ))}
        <p className="problem" aria-live="polite">
          {fields.purposes.length === 0 ? say('eventPurposesNeeded') : ''}
        </p>
      </fieldset>
      <div className="form-row">
        <Field
          label={say('eventUntil')}
          hint={say('eventUntilHint')}
          type="date"
          value={fields.until}
          onChange={(until) => onChange({ until })}
        />
        <Field
          label={say('eventKeptDays')}
          hint={say('eventKeptDaysHint')}
          inputMode="numeric"
          value={fields.keptDays}
          problem={
            figureWithin(fields.keptDays, 15, 3650, true) === undefined
              ? say('numberBad', { min: 15, max: 3650 })
              : undefined
          }
          onChange={(keptDays) => onChange({ keptDays })}
        />
      </div>
      <Field
        label={say('eventGraceDays')}
        hint={say('eventGraceDaysHint')}
        inputMode="numeric"
        value={fields.graceDays}
        problem={
          figureWithin(fields.graceDays, 1, 60, true) === undefined ? say('numberBad', { min: 1, max: 60 }) : undefined
        }
        onChange={(graceDays) => onChange({ graceDays })}
      />
      <fieldset className="checks">
        <legend>{say('eventGuardians')}</legend>
        {([1, 2] as const).map((number) => (
          <label key={number}>
            <input
              type="radio"
              name="event-guardians"
              checked={fields.guardians === number}
              onChange={() => onChange({ guardians: number })}
            />
            {say(number === 1 ? 'eventGuardiansOne' : 'eventGuardiansTwo')}
          </label>
        ))}
      </fieldset>
      <div className="form-row">
        <Field
          label={say('eventWithdrawalUrl')}
          hint={say('eventWithdrawalUrlHint')}
          inputMode="url"
          value={fields.withdrawalUrl}
          maxLength={500}
          problem={pageProblem(fields.withdrawalUrl)}
          onChange={(withdrawalUrl) => onChange({ withdrawalUrl })}
        />
        <Field
          label={say('eventFullTextUrl')}
          hint={say('eventFullTextUrlHint')}
          inputMode="url"
          value={fields.fullTextUrl}
          maxLength={500}
          problem={pageProblem(fields.fullTextUrl)}
          onChange={(fullTextUrl) => onChange({ fullTextUrl })}
        />
      </div>
      <fieldset className="checks">
        <legend>{say('eventAsk')}</legend>
        <label>
          <input
            type="checkbox"
            checked={fields.askContact}
            onChange={(box) => onChange({ askContact: box.target.checked })}
          />
          {say('eventAskContact')}
        </label>
      </fieldset>
    </section>
  );
}
