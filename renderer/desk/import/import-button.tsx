import { useRef } from 'react';
import { soundFiles } from '../../../shared/domain/importing.ts';
import { useDesk, useKey } from '../desk-context.ts';
import { useAddSounds } from './use-imports.ts';

/** Chooses sound files to bring in. */
export function ImportButton() {
  const { say } = useDesk();
  const add = useAddSounds();
  const chooser = useRef<HTMLInputElement>(null);
  const choose = () => chooser.current?.click();
  useKey('importSounds', choose);
  return (
    <>
      <button type="button" className="import-button" title={say('importHint')} onClick={choose}>
        {say('importSounds')} <kbd>N</kbd>
      </button>
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        accept={soundFiles}
        aria-label={say('importSounds')}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          // The same file can be chosen again after it was refused.
          event.target.value = '';
          add(files);
        }}
      />
    </>
  );
}
