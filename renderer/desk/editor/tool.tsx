import { Button, type ButtonProps } from '../../ui/Button.tsx';

/**
 * A button of the editor. A click on it leaves the focus where it is, so that Space goes on meaning play; Tab still
 * reaches it.
 */
export function Tool(props: ButtonProps) {
  return <Button {...props} onMouseDown={(event) => event.preventDefault()} />;
}

export interface IconToolProps {
  sign: string;
  name: string;
  disabled?: boolean;
  onClick(): void;
}

/** A tool that is a sign; its name is said and shown on hovering. */
export function IconTool({ sign, name, disabled, onClick }: IconToolProps) {
  return (
    <Tool className="button-icon-only" disabled={disabled} aria-label={name} title={name} onClick={onClick}>
      <span aria-hidden="true">{sign}</span>
    </Tool>
  );
}
