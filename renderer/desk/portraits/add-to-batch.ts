import type { ComponentType } from 'react';

export interface AddToBatchProps {
  /** The chosen portraits, in the order of the list. */
  portraits: { id: string; revision: number }[];
  onClose(): void;
}

/**
 * The dialog that puts chosen portraits into a batch; the list's bar and the key B open it. While there is none, neither
 * is offered.
 */
export const addToBatch: ComponentType<AddToBatchProps> | null = null;
