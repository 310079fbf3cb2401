import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';
import { Field } from '../parts/field.tsx';

export interface PrinterDeviceProps {
  path: string;
  /** Whether this desk stands at the booth: elsewhere the list is not asked for. */
  here: boolean;
  problem: string | undefined;
  onChange(path: string): void;
}

/** A printer on a cable, out of those the booth's machine sees now; by its shared name on Windows, which lists none. */
export function PrinterDevice({ path, here, problem, onChange }: PrinterDeviceProps) {
  const { api, say } = useDesk();
  const id = useId();
  const seen = useQuery({ queryKey: ['printers'], queryFn: () => api.printing.devices({}), enabled: here, gcTime: 0 });
  if (seen.data?.byName === true) {
    return (
      <Field
        label={say('ticketPathShared')}
        hint={say('ticketPathSharedHint')}
        value={path}
        spellCheck={false}
        autoComplete="off"
        maxLength={120}
        problem={problem}
        onChange={onChange}
      />
    );
  }
  const printers = seen.data?.printers ?? [];
  const listed = printers.some((printer) => printer.path === path);
  const empty = here && seen.data !== undefined && printers.length === 0;
  return (
    <div className="field">
      <label htmlFor={id}>{say('ticketPath')}</label>
      <select
        id={id}
        value={path}
        disabled={!here}
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-hint ${id}-problem`}
        onChange={(event) => onChange(event.target.value)}
      >
        {path === '' && <option value="">{say('ticketPathChoose')}</option>}
        {path !== '' && !listed && <option value={path}>{here ? say('ticketPathGone', { path }) : path}</option>}
        {printers.map((printer) => (
          <option key={printer.path} value={printer.path}>
            {printer.name}
          </option>
        ))}
      </select>
      <p className="hint" id={`${id}-hint`}>
        {here && say(empty ? 'ticketPathEmpty' : 'ticketPathHint')}
      </p>
      {here && (
        <Button disabled={seen.isFetching} onClick={() => void seen.refetch()}>
          {say('ticketPathAgain')}
        </Button>
      )}
      <p className="problem" id={`${id}-problem`} aria-live="polite">
        {problem}
      </p>
    </div>
  );
}
