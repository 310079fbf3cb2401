import { useDesk } from '../desk-context.ts';

/** Said before a password goes to a site of the same network in clear text; nothing is sent there without the tick. */
export function PlainWarning({ accepted, onChange }: { accepted: boolean; onChange(accepted: boolean): void }) {
  const { say } = useDesk();
  return (
    <div className="explain checks">
      <p role="alert">{say('destinationPlainWarn')}</p>
      <label>
        <input type="checkbox" checked={accepted} onChange={(event) => onChange(event.target.checked)} />
        {say('destinationPlainAccept')}
      </label>
    </div>
  );
}
