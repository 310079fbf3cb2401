import type { FormEvent } from 'react';
import { type Format, formats } from '../../../shared/domain/sound.ts';
import { useDesk } from '../desk-context.ts';
import { FoundDraft } from '../drafts/found-draft.tsx';
import { FormClash, useStoredForm } from '../drafts/use-form-draft.tsx';
import type { Format as Figures } from '../format.ts';
import { Field } from '../parts/field.tsx';
import { SaveBar } from '../parts/save-bar.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { figureWithin } from './figures.ts';
import { useHere } from './use-here.ts';
import { type Settings, usePlaceProblem, useSaveSettings, useSettings } from './use-settings.ts';

interface Fields {
  lufs: string;
  peak: string;
  formats: Format[];
  ffmpegPath: string;
}
const formatKeys = { mp3: 'formatMp3', flac: 'formatFlac', opus: 'formatOpus', aac: 'formatAac' } as const;

const fieldsOf = (settings: Settings, { decimal }: Pick<Figures, 'decimal'>): Fields => ({
  lufs: decimal(settings.targetLufs),
  peak: decimal(settings.targetTruePeak),
  formats: settings.formats,
  ffmpegPath: settings.ffmpegPath,
});

/** How loud and in which files portraits are published. */
export function SoundForm() {
  const { say, format } = useDesk();
  const settings = useSettings();
  const {
    draft,
    set: setDraft,
    drop: dropDraft,
    clash,
  } = useStoredForm<Fields>('settings-sound', settings.data && fieldsOf(settings.data, format));
  const save = useSaveSettings(dropDraft);
  const here = useHere();
  const placeProblem = usePlaceProblem(save.error);
  if (settings.data === undefined) {
    if (settings.isError) return <Trouble error={settings.error} onRetry={() => void settings.refetch()} />;
    return <p>{say('loading')}</p>;
  }
  const fields = draft ?? fieldsOf(settings.data, format);
  const change = (part: Partial<Fields>) => {
    save.reset();
    setDraft({ ...fields, ...part });
  };
  const lufs = figureWithin(fields.lufs, -24, -12);
  const peak = figureWithin(fields.peak, -6, -0.5);
  const bad = (min: string, max: string) => say('numberBad', { min, max });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (lufs === undefined || peak === undefined) return;
    save.mutate({
      targetLufs: lufs,
      targetTruePeak: peak,
      formats: formats.filter((one) => one === 'mp3' || fields.formats.includes(one)),
      ...(here && { ffmpegPath: fields.ffmpegPath.trim() }),
    });
  }
  return (
    <form className="form" onSubmit={submit} noValidate>
      {clash !== undefined && <FormClash clash={clash} />}
      <FoundDraft names={['settings-sound']} />
      <Field
        label={say('soundTarget')}
        hint={say('soundTargetHint')}
        inputMode="text"
        value={fields.lufs}
        problem={lufs === undefined ? bad('−24', '−12') : undefined}
        onChange={(text) => change({ lufs: text })}
      />
      <Field
        label={say('soundPeak')}
        hint={say('soundPeakHint')}
        value={fields.peak}
        problem={peak === undefined ? bad('−6', format.decimal(-0.5)) : undefined}
        onChange={(text) => change({ peak: text })}
      />
      <fieldset className="checks">
        <legend>{say('soundFormats')}</legend>
        {formats.map((one) => (
          <label key={one}>
            <input
              type="checkbox"
              checked={one === 'mp3' || fields.formats.includes(one)}
              disabled={one === 'mp3'}
              onChange={(event) =>
                change({
                  formats: event.target.checked
                    ? [...fields.formats, one]
                    : fields.formats.filter((other) => other !== one),
                })
              }
            />
            {say(formatKeys[one])}
          </label>
        ))}
      </fieldset>
      <Field
        label={say('soundFfmpeg')}
        hint={say(here ? 'soundFfmpegHint' : 'hereOnly')}
        problem={placeProblem('ffmpegPath')}
        disabled={!here}
        value={fields.ffmpegPath}
        spellCheck={false}
        maxLength={1000}
        onChange={(text) => change({ ffmpegPath: text })}
      />
      <SaveBar dirty={draft !== undefined && clash === undefined} busy={save.isPending} onRevert={dropDraft} />
    </form>
  );
}
