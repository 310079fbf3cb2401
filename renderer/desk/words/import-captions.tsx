import { useRef } from 'react';
import type { PortraitDetail } from '../../../shared/contract/library.ts';
import { longestCaptionFile } from '../../../shared/domain/captionFiles.ts';
import { type Cue, masterCues, tidyCues } from '../../../shared/domain/captions.ts';
import { editDuration } from '../../../shared/domain/edit.ts';
import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';
import { useDraft } from '../drafts/drafts.ts';
import { FoundDraft } from '../drafts/found-draft.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { codeOf } from '../problems.ts';
import { decodeText } from './caption-file.ts';
import { wholeOf } from './cue-rows.ts';
import { replaceTranscript, transcriptName } from './saving.ts';
import { type Beginning, TimesFrom } from './times-from.tsx';

interface Read {
  cues: Cue[];
  skipped: number;
  /** Where the times begin, once a host has said. */
  from?: Beginning;
}

interface PreviewProps {
  portrait: PortraitDetail;
  read: Read;
  onRead(read: Read): void;
  onClose(): void;
}

/** A button that takes a WebVTT or SubRip file; what was read is shown before it replaces anything. */
export function ImportCaptions({ portrait }: { portrait: PortraitDetail }) {
  const { api, say, tell, tellProblem, drafts } = useDesk();
  const file = useRef<HTMLInputElement>(null);
  const name = `captions-${portrait.id}`;
  const [read, setRead, forget] = useDraft<Read>(drafts, name);

  async function take(chosen: File | undefined) {
    if (chosen === undefined) return;
    if (chosen.size > longestCaptionFile) return tell({ text: say('importLarge'), tone: 'bad' });
    try {
      setRead(await api.transcript.read({ text: decodeText(new Uint8Array(await chosen.arrayBuffer())) }));
    } catch (error) {
      if (codeOf(error) === 'NOT_CAPTIONS') tell({ text: say('importBad'), tone: 'bad' });
      else tellProblem(error);
    }
  }
  return (
    <>
      <Button onClick={() => file.current?.click()}>{say('importFile')}</Button>
      <input
        ref={file}
        type="file"
        hidden
        accept=".vtt,.srt,text/vtt,application/x-subrip"
        aria-label={say('importFile')}
        onChange={(event) => {
          void take(event.target.files?.[0]);
          // The same file chosen again is a change too.
          event.target.value = '';
        }}
      />
      {read !== undefined && <Preview portrait={portrait} read={read} onRead={setRead} onClose={forget} />}
    </>
  );
}

function Preview({ portrait, read, onRead, onClose }: PreviewProps) {
  const { say, format, drafts, tell } = useDesk();
  const { edit } = portrait;
  const whole = wholeOf(portrait);
  const last = Math.max(...read.cues.map((cue) => cue.end));
  // A file longer than what is heard after editing was timed on the whole recording.
  const from = read.from ?? (edit !== null && last > editDuration(edit) + 1 ? 'master' : 'edited');
  const trimmed = edit !== null && edit.in > 0.01;
  const cues = tidyCues(from === 'edited' && edit !== null ? masterCues(read.cues, edit) : read.cues, whole);

  function go() {
    const before = drafts.get(transcriptName(portrait.id));
    replaceTranscript(drafts, portrait, { language: portrait.language, origin: 'imported', checked: false, cues });
    tell({
      text: say('imported', { n: cues.length }),
      undo() {
        if (before === undefined) replaceTranscript(drafts, portrait, portrait.transcript);
        else drafts.set(transcriptName(portrait.id), before);
      },
    });
    onClose();
  }
  return (
    <Dialog title={say('importTitle')} onClose={onClose}>
      <FoundDraft names={[`captions-${portrait.id}`]} />
      <p>
        {say('importRead', { n: format.whole(cues.length) })}
        {read.skipped > 0 && ` ${say('importSkipped', { n: format.whole(read.skipped) })}`} {say('importReplaces')}
      </p>
      <ol className="import-preview">
        {cues.slice(0, 3).map((cue) => (
          <li key={cue.start}>
            <span className="soft tabular">{format.position(cue.start)}</span>{' '}
            <span lang={portrait.language}>{cue.text}</span>
          </li>
        ))}
      </ol>
      {trimmed && <TimesFrom value={from} onChange={(beginning) => onRead({ ...read, from: beginning })} />}
      <div className="dialog-foot">
        <Button onClick={onClose}>{say('cancel')}</Button>
        <Button look="main" disabled={cues.length === 0} onClick={go}>
          {say('importGo')}
        </Button>
      </div>
    </Dialog>
  );
}
