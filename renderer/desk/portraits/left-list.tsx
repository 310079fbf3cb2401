import { useDesk, usePlace } from '../desk-context.ts';
import { placeHash } from '../place.ts';

/** Says that the portrait on the screen is not in the list any more, so that nothing is done to it by mistake. */
export function LeftList({ id }: { id: string }) {
  const { say } = useDesk();
  const place = usePlace();
  const elsewhere = place.screen === 'portraits' && place.view !== 'all';
  return (
    <p className="decide-left" role="status">
      <span>
        <strong>{say('aimLeft')}</strong> {say('aimLeftHow')}
      </span>
      {elsewhere && <a href={placeHash({ screen: 'portraits', view: 'all', id })}>{say('aimLeftAll')}</a>}
    </p>
  );
}
