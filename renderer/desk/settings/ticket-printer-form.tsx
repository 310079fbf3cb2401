import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId } from 'react';
import { ticketPrinter } from '../../../shared/contract/printing.ts';
import { type TicketPrinterKind, ticketPrinterKinds, usualPrinterPort } from '../../../shared/domain/ticket.ts';
import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';
import { FoundDraft } from '../drafts/found-draft.tsx';
import { FormClash, useStoredForm } from '../drafts/use-form-draft.tsx';
import { Field } from '../parts/field.tsx';
import { SaveBar } from '../parts/save-bar.tsx';
import { codeOf } from '../problems.ts';
import { figureWithin } from './figures.ts';
import { PrinterDevice } from './printer-device.tsx';
import { useHere } from './use-here.ts';
import { type Settings, usePlaceProblem, useSaveSettings, useSettings } from './use-settings.ts';

interface Fields {
  kind: TicketPrinterKind;
  host: string;
  port: string;
  path: string;
}
const kindKeys = {
  none: 'ticketNone',
  network: 'ticketNetwork',
  device: 'ticketDevice',
  system: 'ticketSystem',
} as const;

function fieldsOf(printer: Settings['ticketPrinter']): Fields {
  return {
    kind: printer.kind,
    host: printer.kind === 'network' ? printer.host : '',
    port: String(printer.kind === 'network' ? printer.port : usualPrinterPort),
    path: printer.kind === 'device' ? printer.path : '',
  };
}

/** Where visitors' tickets are printed, and a specimen to see that it works. */
export function TicketPrinterForm() {
  const { api, say, tellProblem } = useDesk();
  const settings = useSettings();
  const {
    draft,
    set: setDraft,
    drop: dropDraft,
    clash,
  } = useStoredForm<Fields>('settings-ticket-printer', settings.data && fieldsOf(settings.data.ticketPrinter));
  const save = useSaveSettings(dropDraft);
  const here = useHere();
  const placeProblem = usePlaceProblem(save.error);
  const kindId = useId();
  const test = useMutation({
    mutationFn: async () => {
      try {
        return (await api.printing.test({})).by === 'page' ? ('ticketByPage' as const) : ('ticketPrinted' as const);
      } catch (error) {
        const code = codeOf(error);
        if (code === 'NO_PRINTER') return 'ticketNoPrinter' as const;
        if (code === 'PRINTER_FAILED') return 'ticketFailed' as const;
        if (code === 'NOT_A_PRINTER') return 'place_notAPrinter' as const;
        throw error;
      }
    },
    onError: tellProblem,
  });
  if (settings.data === undefined) return null;
  const fields = draft ?? fieldsOf(settings.data.ticketPrinter);
  const { kind } = fields;
  const port = figureWithin(fields.port, 1, 65_535, true);
  const wanted = ticketPrinter.safeParse({ kind, host: fields.host.trim(), port, path: fields.path.trim() });
  const change = (part: Partial<Fields>) => {
    test.reset();
    save.reset();
    setDraft({ ...fields, ...part });
  };
  const badHost = kind === 'network' && fields.host.trim() !== '' && port !== undefined && !wanted.success;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (wanted.success) save.mutate({ ticketPrinter: wanted.data });
  }
  return (
    <form className="form" onSubmit={submit} noValidate>
      {clash !== undefined && <FormClash clash={clash} />}
      <FoundDraft names={['settings-ticket-printer']} />
      <h2>{say('ticketTitle')}</h2>
      <p className="soft">{say('ticketIntro')}</p>
      <div className="field">
        <label htmlFor={kindId}>{say('ticketKind')}</label>
        <select
          id={kindId}
          value={kind}
          disabled={!here}
          aria-describedby={`${kindId}-hint`}
          onChange={(event) => change({ kind: event.target.value as TicketPrinterKind })}
        >
          {ticketPrinterKinds.map((one) => (
            <option key={one} value={one}>
              {say(kindKeys[one])}
            </option>
          ))}
        </select>
        <p className="hint" id={`${kindId}-hint`}>
          {!here ? say('hereOnly') : kind === 'system' && say('ticketSystemHint')}
        </p>
      </div>
      {kind === 'network' && (
        <>
          <Field
            label={say('ticketHost')}
            hint={say('ticketHostHint')}
            value={fields.host}
            spellCheck={false}
            autoComplete="off"
            maxLength={253}
            disabled={!here}
            problem={badHost ? say('ticketHostBad') : undefined}
            onChange={(host) => change({ host })}
          />
          <Field
            label={say('ticketPort')}
            inputMode="numeric"
            value={fields.port}
            disabled={!here}
            problem={port === undefined ? say('numberBad', { min: 1, max: 65_535 }) : undefined}
            onChange={(text) => change({ port: text })}
          />
        </>
      )}
      {kind === 'device' && (
        <PrinterDevice
          path={fields.path}
          here={here}
          problem={placeProblem('ticketPrinter')}
          onChange={(path) => change({ path })}
        />
      )}
      {kind !== 'none' && (
        <div className="test">
          <Button look="equal" disabled={test.isPending || draft !== undefined} onClick={() => test.mutate()}>
            {say('ticketTest')}
          </Button>
          <p className={test.data === 'ticketPrinted' ? 'test-good' : 'soft'} role="status">
            {test.isPending
              ? say('ticketTesting')
              : draft !== undefined
                ? say('ticketTestFirst')
                : test.data !== undefined && say(test.data)}
          </p>
        </div>
      )}
      <SaveBar
        dirty={draft !== undefined && clash === undefined}
        busy={save.isPending || !wanted.success}
        onRevert={dropDraft}
      />
    </form>
  );
}
