import { Button } from '../../ui/Button.tsx';
import { useDesk } from '../desk-context.ts';
import { Dialog } from '../parts/dialog.tsx';

/** Every key of the desk in one look. */
export function KeyMap({ onClose }: { onClose(): void }) {
  const { say } = useDesk();
  const groups: [string, [string[], string][]][] = [
    [
      say('keysEditor'),
      [
        [[say('keySpace')], say('keysPlay')],
        [['J', 'K', 'L'], say('keysShuttle')],
        [['H'], say('keysHalf')],
        [['I'], say('keysIn')],
        [['O'], say('keysOut')],
        [[',', '.'], say('keysNudge')],
        [['S'], say('keysSnap')],
        [['X'], say('keysCut')],
        [['M'], say('keysMarker')],
        [['C'], say('keysClean')],
        [['V'], say('keysOriginal')],
        [['+', '−'], say('keysZoom')],
        [['←', '→'], say('keysSeek')],
        [['↑', '↓'], say('keysHandles')],
        [['Ctrl Z', 'Ctrl ⇧ Z'], say('keysUndoEdit')],
      ],
    ],
    [
      say('keysDecide'),
      [
        [['A', say('keyEnter')], say('approveNext')],
        [['R'], say('reject')],
        [['U'], say('keysUndo')],
        [['P'], say('publish')],
        [['B'], say('keysBatch')],
        [['0', '…', '5'], say('keysRate')],
      ],
    ],
    [
      say('words'),
      [
        [['T'], say('keysTitle')],
        [['E'], say('keysEdit')],
        [['G'], say('keysTags')],
        [['W'], say('keysTranscript')],
        [[say('keyStamp')], say('keysStamp')],
        [['F9'], say('keysTypePlay')],
        [[`${say('keyShift')} F9`], say('keysTypeBack')],
        [['Ctrl S'], say('keysSave')],
      ],
    ],
    [
      say('keysList'),
      [
        [['↓'], say('keysNext')],
        [['↑'], say('keysPrevious')],
        [[say('keyShift'), '↑', '↓'], say('keysExtend')],
        [['Ctrl A'], say('keysAll')],
        [[say('keyEscape')], say('keysClear')],
        [['/'], say('keysSearch')],
        [['N'], say('keysImport')],
        [['?'], say('keysHelp')],
      ],
    ],
  ];
  return (
    <Dialog title={say('keyboard')} onClose={onClose}>
      <p>{say('keysWhy')}</p>
      <div className="key-groups">
        {groups.map(([name, rows]) => (
          <section key={name}>
            <h3>{name}</h3>
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
          </section>
        ))}
      </div>
      <div className="dialog-foot">
        <Button look="main" onClick={onClose}>
          {say('close')}
        </Button>
      </div>
    </Dialog>
  );
}
