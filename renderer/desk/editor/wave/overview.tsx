import type { Edit } from '../../../../shared/domain/sound.ts';
import type { Surfer } from './surfer.ts';
import { useView } from './use-view.ts';

/** Over the small picture of the whole: what is kept, and what of it is in sight when one has come closer. */
export function Overview({ surfer, edit, whole }: { surfer: Surfer; edit: Edit; whole: number }) {
  const view = useView(surfer, whole);
  const at = (seconds: number) => `${((seconds / whole) * 100).toFixed(3)}%`;
  const zoomed = view.to - view.from < whole - 0.01;
  return (
    <>
      <div className="map-out" style={{ left: 0, width: at(edit.in) }} />
      <div className="map-out" style={{ left: at(edit.out), right: 0 }} />
      {edit.cuts.map((cut) => (
        <div key={cut.start} className="map-out" style={{ left: at(cut.start), width: at(cut.end - cut.start) }} />
      ))}
      {zoomed && <div className="map-view" style={{ left: at(view.from), width: at(view.to - view.from) }} />}
    </>
  );
}
