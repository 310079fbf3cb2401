import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';
import { Dialog } from '../parts/dialog.tsx';

/** Every key of the desk in one look. */
export function KeyMap({ onClose }: { onClose(): void }) {
  const { say } = useDesk();
  const rows: [string[], string][] = [
    [[say('keySpace')], say('keysPlay')],
    [['J', '↓'], say('keysNext')],
    [['K', '↑'], say('keysPrevious')],
    [['A', say('keyEnter')], say('approveNext')],
    [['R'], say('reject')],
    [['U'], say('keysUndo')],
    [['P'], say('publish')],
    [['E'], say('keysEdit')],
    [['G'], say('keysTags')],
    [['T'], say('keysTitle')],
    [['0', '…', '5'], say('keysRate')],
    [['W'], say('keysTranscript')],
    [[say('keyStamp')], say('keysStamp')],
    [['F9'], say('keysTypePlay')],
    [[`${say('keyShift')} F9`], say('keysTypeBack')],
    [['Ctrl S'], say('keysSave')],
    [['/'], say('keysSearch')],
    [[say('keyShift'), '↑', '↓'], say('keysExtend')],
    [['Ctrl A'], say('keysAll')],
    [[say('keyEscape')], say('keysClear')],
    [['B'], say('keysBatch')],
    [['←', '→'], say('keysSeek')],
    [['?'], say('keysHelp')],
  ];
  return (
    <Dialog title={say('keyboard')} onClose={onClose}>
      <p>{say('keysWhy')}</p>
      <dl className="key-map">
        {rows.map(([keys, meaning]) => (
          <div key={meaning}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <div className="dialog-foot">
        <Button look="main" onClick={onClose}>
          {say('close')}
        </Button>
      </div>
    </Dialog>
  );
}
