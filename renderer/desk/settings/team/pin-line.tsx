import { useDesk } from '../../desk-context.ts';
import { digitsOf, longestPin } from '../../gate/pin.ts';
import { Field, type FieldProps } from '../../parts/field.tsx';

/** A PIN in a form of its own fields; the digits are not shown. */
export function PinLine({ onChange, ...field }: Omit<FieldProps, 'type'>) {
  const { say } = useDesk();
  return (
    <Field
      hint={say('teamPinOwnHint')}
      {...field}
      type="password"
      inputMode="numeric"
      autoComplete="off"
      maxLength={longestPin}
      onChange={(text) => onChange(digitsOf(text))}
    />
  );
}
