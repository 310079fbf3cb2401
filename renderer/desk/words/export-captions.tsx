import { useId, useState } from 'react';
import type { Transcript } from '../../../shared/contract/base.ts';
import type { PortraitDetail } from '../../../shared/contract/library.ts';
import { type CaptionFormat, captionFormats, writeCaptions } from '../../../shared/domain/captionFiles.ts';
import { editedCues } from '../../../shared/domain/captions.ts';
import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';
import { Dialog } from '../parts/dialog.tsx';
import { fileName, saveFile } from './caption-file.ts';
import { type Beginning, TimesFrom } from './times-from.tsx';

const formatKeys = { vtt: 'exportVtt', srt: 'exportSrt' } as const satisfies Record<CaptionFormat, string>;
const types: Record<CaptionFormat, string> = { vtt: 'text/vtt', srt: 'application/x-subrip' };

/** A button that writes the transcript as a file, timed on the published sound or on the whole recording. */
export function ExportCaptions({ portrait, transcript }: { portrait: PortraitDetail; transcript: Transcript }) {
  const { say } = useDesk();
  const id = useId();
  const [open, setOpen] = useState(false);
  const [format, setFormat] = useState<CaptionFormat>('vtt');
  const [from, setFrom] = useState<Beginning>('edited');
  const { edit } = portrait;

  function go() {
    const cues = from === 'edited' && edit !== null ? editedCues(transcript.cues, edit) : transcript.cues;
    saveFile(`${fileName(portrait.title, portrait.id)}.${format}`, writeCaptions(format, cues), types[format]);
    setOpen(false);
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>{say('exportFile')}</Button>
      {open && (
        <Dialog title={say('exportCaptions')} onClose={() => setOpen(false)}>
          <fieldset className="checks">
            <legend>{say('exportFormat')}</legend>
            {captionFormats.map((one) => (
              <label key={one}>
                <input type="radio" name={`${id}-format`} checked={format === one} onChange={() => setFormat(one)} />
                {say(formatKeys[one])}
              </label>
            ))}
          </fieldset>
          {edit !== null && <TimesFrom value={from} onChange={setFrom} />}
          <div className="dialog-foot">
            <Button onClick={() => setOpen(false)}>{say('cancel')}</Button>
            <Button look="main" onClick={go}>
              {say('exportGo')}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
