import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import './button.css';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /**
   * `main`: the one action of the screen. `equal`: another choice of the same weight. `quiet`: smaller, an outline.
   * `stop`: ends a recording; the only red one.
   */
  look?: 'main' | 'equal' | 'quiet' | 'stop';
  icon?: ReactNode;
  /** Keyboard key shown on the button, as words of the interface (« Entrée »). */
  keyName?: string;
  ref?: Ref<HTMLButtonElement>;
}

/** A button. Its height comes from `--button-height` (48 px, unless the page sets another). */
export function Button({ look = 'quiet', icon, keyName, children, className, ...rest }: ButtonProps) {
  return (
    <button type="button" className={['button', `button-${look}`, className].filter(Boolean).join(' ')} {...rest}>
      {icon !== undefined && (
        <span className="button-icon" aria-hidden="true">
          {icon}
        </span>
      )}
      <span className="button-label">{children}</span>
      {keyName !== undefined && <kbd className="button-key">{keyName}</kbd>}
    </button>
  );
}
