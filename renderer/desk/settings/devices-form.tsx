import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState } from 'react';
import type { ListedDevice } from '../../../shared/contract/devices.ts';
import type { ChosenDevice } from '../../../shared/domain/devices.ts';
import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';
import { Trouble } from '../parts/trouble.tsx';
import { useSettings } from './use-settings.ts';
import { type SoundLevel, silence, useSoundTest } from './use-sound-test.ts';

type Sort = 'microphone' | 'loudspeaker';

/** The booth's microphone and loudspeaker, chosen by name, each with a test. A choice counts at once. */
export function DevicesForm() {
  const { api, say } = useDesk();
  const known = useQuery({ queryKey: ['devices'], queryFn: () => api.devices.known({}), refetchInterval: 10_000 });
  const settings = useSettings();
  if (known.data === undefined || settings.data === undefined) {
    if (known.isError) return <Trouble error={known.error} onRetry={() => void known.refetch()} />;
    return <p>{say('loading')}</p>;
  }
  const { devices, awake } = known.data;
  return (
    <section className="form devices" aria-labelledby="devices-title">
      <h2 id="devices-title">{say('devicesTitle')}</h2>
      <p className="soft">{say('devicesIntro')}</p>
      {!awake && <p role="status">{say('devicesAsleep')}</p>}
      {awake && devices === null && <p role="status">{say('devicesUnnamed')}</p>}
      <Choice
        sort="microphone"
        listed={devices?.microphones ?? []}
        chosen={settings.data.microphone}
        missing={devices?.missing.microphone ?? null}
        awake={awake}
      />
      {devices?.doubtful && <p role="status">{say('devicesDoubtful')}</p>}
      <Choice
        sort="loudspeaker"
        listed={devices?.loudspeakers ?? []}
        chosen={settings.data.loudspeaker}
        missing={devices?.missing.loudspeaker ?? null}
        awake={awake}
      />
    </section>
  );
}

interface ChoiceProps {
  sort: Sort;
  listed: ListedDevice[];
  chosen: ChosenDevice | null;
  missing: string | null;
  /** The booth's page answers. */
  awake: boolean;
}

/**
 * Which of the listed is chosen; the chosen one is kept in the list where it is missing. The booth may not have looked
 * since the choice was made: until it has, its id tells.
 */
function placeOf(chosen: ChosenDevice | null, listed: ListedDevice[], missing: boolean): string {
  if (chosen === null) return 'none';
  if (missing) return 'missing';
  const named = listed.map(({ choice }) => choice.name === chosen.name);
  const current = listed.findIndex((one, at) => named[at] && one.current);
  const at = current < 0 ? listed.findIndex((one, at) => named[at] && one.choice.id === chosen.id) : current;
  return at < 0 ? 'missing' : String(at);
}

function Choice({ sort, listed, chosen, missing, awake }: ChoiceProps) {
  const { api, say, tell, tellProblem } = useDesk();
  const queries = useQueryClient();
  /** Chosen, and on its way: shown at once, and never taken from under the keyboard. */
  const [wanted, setWanted] = useState<string | null>(null);
  const sent = useRef(Promise.resolve());
  const id = useId();
  const test = useSoundTest(sort);
  const gone = chosen !== null && missing === chosen.name;
  const place = wanted ?? placeOf(chosen, listed, gone);
  const current = listed.find((one) => one.current);
  const microphone = sort === 'microphone';

  async function send(choice: ChosenDevice | null): Promise<void> {
    try {
      await api.devices.choose(microphone ? { microphone: choice } : { loudspeaker: choice });
      await queries.invalidateQueries({ queryKey: ['settings'] });
      await queries.invalidateQueries({ queryKey: ['devices'] });
      tell({ text: say('saved') });
    } catch (error) {
      tellProblem(error);
    }
  }
  function choose(value: string): void {
    const choice = value === 'none' ? null : listed[Number(value)]?.choice;
    if (choice === undefined) return;
    test.stop();
    setWanted(value);
    // An arrow key held down chooses several: the last one counts.
    sent.current = sent.current
      .then(() => send(choice))
      .then(() => setWanted((latest) => (latest === value ? null : latest)));
  }

  const name = ({ name: own, sort: kind }: ListedDevice) =>
    kind === 'monitor' || kind === 'screen' ? say('devicesNoMicrophone', { name: own }) : own;
  const tested = (listed[Number(place)] ?? current)?.choice ?? null;
  return (
    <div className="field">
      <label htmlFor={id}>{say(microphone ? 'devicesMicrophone' : 'devicesLoudspeaker')}</label>
      <select id={id} value={place} aria-busy={wanted !== null} onChange={(event) => choose(event.target.value)}>
        <option value="none">{say(microphone ? 'devicesNone' : 'devicesSystem')}</option>
        {place === 'missing' && <option value="missing">{say('devicesMissing', { name: chosen?.name ?? '' })}</option>}
        {listed.map((one, at) => (
          // Two may have the same name.
          // biome-ignore lint/suspicious/noArrayIndexKey: the place is what tells them apart
          <option key={`${one.choice.id} ${at}`} value={String(at)}>
            {name(one)}
          </option>
        ))}
      </select>
      {gone && (
        <p className="problem" role="status">
          {say(microphone ? 'devicesMissingMicrophone' : 'devicesMissingLoudspeaker', { name: chosen.name })}
        </p>
      )}
      {microphone && chosen === null && current !== undefined && (
        <p className="hint">{say('devicesTaken', { name: current.name })}</p>
      )}
      <div className="learn">
        <Button
          look="equal"
          disabled={!awake || (microphone && tested === null)}
          onClick={() => (test.running ? test.stop() : test.begin(tested ?? anySpeaker))}
        >
          {say(test.running ? 'devicesStop' : microphone ? 'devicesListen' : 'devicesTone')}
        </Button>
        {microphone && <Meter level={test.level} />}
        <span role="status">{test.note === null ? '' : say(test.note)}</span>
      </div>
    </div>
  );
}

/** Stands for the system's own loudspeaker: no device has no name. */
const anySpeaker: ChosenDevice = { name: '·', companions: [], nth: 0, of: 1, id: '' };

/** dBFS at the meter's left end; speech at a good distance stands between −40 and −12. */
const quietest = -60;

function Meter({ level }: { level: SoundLevel }) {
  const { say } = useDesk();
  const [held, setHeld] = useState(quietest);
  const { rmsDb, peakDb } = level;
  // Every telling counts, the same figure too: it falls by steps to a silence that goes on.
  useEffect(() => {
    setHeld((before) => (level === silence ? quietest : Math.max(level.rmsDb, before - 4)));
  }, [level]);
  const value = Math.round(Math.min(0, Math.max(quietest, held)) - quietest);
  const look = peakDb > -1 ? 'meter-loud' : rmsDb > -45 ? 'meter-good' : 'meter-low';
  return (
    <meter className={`meter ${look}`} min={0} max={-quietest} value={value} aria-label={say('devicesLevel')}>
      {value}
    </meter>
  );
}
