import { Button } from '../../ui/Button.tsx';

export interface PadProps {
  rows: readonly (readonly string[])[];
  label: string;
  onKey: (key: string) => void;
  deleteLabel: string;
  onDelete: () => void;
  className?: string;
}

/** Keys for fingers, and for gloves: digits of a PIN, signs of a code. */
export function Pad({ rows, label, onKey, deleteLabel, onDelete, className = '' }: PadProps) {
  return (
    <fieldset className={`pad ${className}`} data-typing="">
      <legend className="visually-hidden">{label}</legend>
      {rows.flat().map((key) => (
        <Button key={key} look="equal" tabIndex={-1} onMouseDown={keepFocus} onClick={() => onKey(key)}>
          {key}
        </Button>
      ))}
      <Button look="quiet" tabIndex={-1} aria-label={deleteLabel} onMouseDown={keepFocus} onClick={onDelete}>
        ⌫
      </Button>
    </fieldset>
  );
}

/** The focus stays in the field, so that both kinds of keys can be mixed. */
function keepFocus(event: { preventDefault: () => void }): void {
  event.preventDefault();
}
