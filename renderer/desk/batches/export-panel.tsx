import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { bridgeName } from '../../../shared/bridge.ts';
import type { BatchDetail, ExportJob } from '../../../shared/contract/batches.ts';
import { type FolderProblem, folderProblems } from '../../../shared/domain/batch.ts';
import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';
import { Field } from '../parts/field.tsx';
import { leaveOnEscape } from '../parts/leave.ts';
import { codeOf, dataOf } from '../problems.ts';
import { useHere } from '../settings/use-here.ts';
import { ExportJobView } from './export-job.tsx';
import { underWay, useExports } from './queries.ts';

/** The batch's way to a folder or a ZIP: what was chosen last, what is under way, what was done. */
export function ExportPanel({ batch }: { batch: BatchDetail }) {
  const { say } = useDesk();
  const exports = useExports(batch.id);
  const jobs = exports.data?.jobs ?? [];
  const [newest, ...earlier] = jobs;
  const busy = newest !== undefined && underWay(newest);
  return (
    <section className="batch-card" aria-labelledby="batch-export">
      <h2 id="batch-export">{say('exportTitle')}</h2>
      {newest !== undefined && <ExportJobView job={newest} />}
      {exports.data !== undefined && !busy && <ExportForm key={batch.id} batch={batch} last={exports.data.last} />}
      {earlier.length > 0 && (
        <details>
          <summary>{say('exportEarlier')}</summary>
          {earlier.map((job) => (
            <ExportJobView key={job.id} job={job} />
          ))}
        </details>
      )}
    </section>
  );
}

function ExportForm({ batch, last }: { batch: BatchDetail; last: { folder: string; flac: boolean } }) {
  const { api, session, say, format, tell, tellProblem } = useDesk();
  const queries = useQueryClient();
  const here = useHere();
  const [wanted, setKind] = useState<ExportJob['kind']>(last.folder === '' ? 'zip' : 'folder');
  const kind = here ? wanted : 'zip';
  const [folder, setFolder] = useState(last.folder);
  const [flac, setFlac] = useState(last.flac);
  const [problem, setProblem] = useState<FolderProblem | undefined>();
  const [busy, setBusy] = useState(false);
  const mayLeave = batch.items.some((item) => item.blockers.length === 0);
  const bridge = window[bridgeName];

  async function choose(): Promise<void> {
    const answer = await bridge?.chooseFolder(session.token() ?? '');
    if (answer?.ok && answer.value.folder !== null) {
      setFolder(answer.value.folder);
      setProblem(undefined);
    }
  }
  /** Said as soon as one leaves the field, before anything is made. */
  async function look(): Promise<void> {
    if (folder.trim() === '') {
      setProblem(undefined);
      return;
    }
    try {
      const answer = await api.batches.checkFolder({ folder: folder.trim() });
      setProblem(answer.ok ? undefined : answer.problem);
    } catch (error) {
      tellProblem(error);
    }
  }
  function refused(error: unknown): void {
    const code = codeOf(error);
    if (code === 'BAD_FOLDER') setProblem(folderProblems.find((one) => one === dataOf(error, 'problem')));
    else if (code === 'NO_ROOM') {
      const needed = format.size(Number(dataOf(error, 'neededBytes')));
      const free = format.size(Number(dataOf(error, 'freeBytes')));
      tell({ text: say('exportNoRoom', { needed, free }), tone: 'bad' });
    } else if (code === 'NOTHING') tell({ text: say('exportNothing'), tone: 'bad' });
    else if (code === 'BUSY') tell({ text: say('exportBusy'), tone: 'bad' });
    else if (code === 'HERE_ONLY') tell({ text: say('hereOnly'), tone: 'bad' });
    else if (code === 'CLOCK') tell({ text: say('exportClock'), tone: 'bad' });
    else tellProblem(error);
  }
  async function start(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (busy) return;
    if (kind === 'folder' && folder.trim() === '') {
      setProblem('notAbsolute');
      return;
    }
    setBusy(true);
    try {
      const to = kind === 'zip' ? { kind } : { kind, folder: folder.trim() };
      await api.batches.startExport({ id: batch.id, flac, to });
      setProblem(undefined);
    } catch (error) {
      refused(error);
    } finally {
      setBusy(false);
      void queries.invalidateQueries({ queryKey: ['batches', 'exports', batch.id] });
    }
  }

  return (
    <form className="form" onSubmit={(event) => void start(event)} noValidate>
      <fieldset className="export-kinds">
        <legend>{say('exportTo')}</legend>
        <label>
          <input type="radio" name="export-kind" checked={kind === 'zip'} onChange={() => setKind('zip')} />
          {say('exportZip')}
        </label>
        <label>
          <input
            type="radio"
            name="export-kind"
            checked={kind === 'folder'}
            disabled={!here}
            aria-describedby={here ? undefined : 'export-here'}
            onChange={() => setKind('folder')}
          />
          {say('exportFolder')}
        </label>
        {!here && (
          <p className="hint" id="export-here">
            {say('hereOnly')}
          </p>
        )}
      </fieldset>
      {kind === 'folder' && (
        <div className="export-folder">
          <Field
            label={say('exportFolderLabel')}
            value={folder}
            maxLength={1000}
            spellCheck={false}
            hint={say('exportFolderHint')}
            problem={problem === undefined ? undefined : say(`folder_${problem}`)}
            onChange={(next) => {
              setFolder(next);
              setProblem(undefined);
            }}
            onBlur={() => void look()}
            onKeyDown={leaveOnEscape}
          />
          {bridge !== undefined && <Button onClick={() => void choose()}>{say('exportChoose')}</Button>}
        </div>
      )}
      <fieldset className="export-kinds">
        <legend>{say('exportFormats')}</legend>
        <label>
          <input type="checkbox" checked readOnly disabled />
          {say('exportMp3')}
        </label>
        <label>
          <input type="checkbox" checked={flac} onChange={(event) => setFlac(event.target.checked)} />
          {say('exportFlac')}
        </label>
      </fieldset>
      {!mayLeave && batch.items.length > 0 && <p className="soft">{say('exportNothing')}</p>}
      <Button look="main" type="submit" disabled={!mayLeave || busy}>
        {say(kind === 'zip' ? 'exportGoZip' : 'exportGoFolder')}
      </Button>
    </form>
  );
}
