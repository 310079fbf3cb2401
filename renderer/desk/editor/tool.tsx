import { Button, type ButtonProps } from '../../ui/Button.tsx';

/**
 * A button of the editor. A click on it leaves the focus where it is, so that Space goes on meaning play; Tab still
 * reaches it.
 */
export function Tool(props: ButtonProps) {
  return <Button {...props} onMouseDown={(event) => event.preventDefault()} />;
}
