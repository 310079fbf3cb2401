import { useId } from 'react';
import type { PortraitDetail } from '../../../shared/contract/library.ts';
import { useDesk, useKey } from '../desk-context.ts';
import { useAiming, useSingleOff } from '../portraits/use-aim.ts';
import { usePutWords } from './use-put-words.ts';

const all = [0, 1, 2, 3, 4, 5] as const;

/** Stars, given by a tap or by the figures on the keyboard; saved at once. */
export function Rating({ portrait }: { portrait: PortraitDetail }) {
  const { say, tell } = useDesk();
  const id = useId();
  const { put } = usePutWords(portrait);
  const { singleAt } = useAiming();
  const off = useSingleOff();
  const name = (stars: number) => (stars === 0 ? say('ratingNone') : say('ratingOf', { n: stars }));

  async function rate(rating: number) {
    if (rating === portrait.rating || !singleAt(portrait.id)) return;
    const given = await put({ base: { rating: portrait.rating }, mine: { rating } });
    if (given) tell({ text: say('rated', { rating: name(rating) }) });
  }
  useKey('rate0', () => void rate(0));
  useKey('rate1', () => void rate(1));
  useKey('rate2', () => void rate(2));
  useKey('rate3', () => void rate(3));
  useKey('rate4', () => void rate(4));
  useKey('rate5', () => void rate(5));

  return (
    <fieldset className="rating" disabled={off}>
      <legend>
        {say('rating')} <kbd>0…5</kbd>
      </legend>
      <div className="rating-stars">
        {all.map((stars) => (
          <label key={stars} title={name(stars)} data-lit={stars > 0 && stars <= portrait.rating}>
            <input
              className="visually-hidden"
              type="radio"
              name={`${id}-rating`}
              checked={portrait.rating === stars}
              aria-label={name(stars)}
              onChange={() => void rate(stars)}
            />
            <span aria-hidden="true">{stars === 0 ? '∅' : stars <= portrait.rating ? '★' : '☆'}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
