import { guardianRoles } from '../../../shared/domain/consent.ts';
import { nameLimit } from '../../../shared/domain/portrait.ts';
import { Button } from '../../ui/Button.tsx';
import { useBooth } from '../view.ts';
import { Screen } from './Screen.tsx';
import { useTypeIn } from './TypeIn.tsx';

/** Who authorises: name and role, for each of those the event asks for. */
export function Guardian() {
  const { visit, act, say } = useBooth();
  const { guardian, guardians, vouch } = visit;
  const next = () => act({ type: 'NEXT' });
  const { field, keyboard } = useTypeIn({
    label: say('guardian.name'),
    value: guardian.name,
    limit: nameLimit,
    onChange: (name) => act({ type: 'GUARDIAN', change: { name } }),
    onEnter: next,
  });
  return (
    <Screen
      name="guardian"
      back
      title={guardians.length === 0 ? say('guardian.title') : say('guardian.second')}
      actions={
        <>
          {keyboard}
          <Button look="main" data-choice disabled={guardian.name.trim() === ''} onClick={next}>
            {say('guardian.next')}
          </Button>
        </>
      }
    >
      <p className="lead">
        {vouch === null || vouch.name === '' ? say('guardian.present') : say('guardian.host', { name: vouch.name })}
      </p>
      <div className="fields">
        {field}
        <fieldset className="roles">
          <legend className="field-label">{say('guardian.role')}</legend>
          {guardianRoles.map((role) => (
            <Button
              key={role}
              look="equal"
              data-choice
              aria-pressed={guardian.role === role}
              onClick={() => act({ type: 'GUARDIAN', change: { role } })}
            >
              {say(`guardian.${role}`)}
            </Button>
          ))}
        </fieldset>
      </div>
    </Screen>
  );
}
