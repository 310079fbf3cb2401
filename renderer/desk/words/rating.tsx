import { useId } from 'react';
import { useDesk } from '../desk-context.ts';

const all = [0, 1, 2, 3, 4, 5] as const;

/** Stars, given by a tap or by the figures on the keyboard; saved at once. */
export function Rating({ value, onRate }: { value: number; onRate(value: number): void }) {
  const { say } = useDesk();
  const id = useId();
  return (
    <fieldset className="rating">
      <legend>
        {say('rating')} <kbd>0…5</kbd>
      </legend>
      <div className="rating-stars">
        {all.map((stars) => {
          const name = stars === 0 ? say('ratingNone') : say('ratingOf', { n: stars });
          return (
            <label key={stars} title={name} data-lit={stars > 0 && stars <= value}>
              <input
                className="visually-hidden"
                type="radio"
                name={`${id}-rating`}
                checked={value === stars}
                aria-label={name}
                onChange={() => onRate(stars)}
              />
              <span aria-hidden="true">{stars === 0 ? '∅' : '★'}</span>
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
