import type { ReactNode } from 'react';
import { Ring } from '../../ui/Ring.tsx';

const silence = new Array<number>(96).fill(0);

/** What is said where there is nothing yet. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <div className="empty-ring" aria-hidden="true">
        <Ring values={silence} />
      </div>
      <h2>{title}</h2>
      {children}
    </div>
  );
}
