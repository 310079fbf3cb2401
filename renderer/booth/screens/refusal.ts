import { useRef } from 'react';
import type { Refusal } from '../ports.ts';
import { useBooth, useNow } from '../view.ts';

/** Seconds until a next try is heard, counting down; 0 when it may be made. */
export function useWait(refusal: Refusal | null): number {
  const { sound } = useBooth();
  const now = useNow(250);
  const since = useRef(sound.now());
  const seen = useRef(refusal);
  if (seen.current !== refusal) {
    seen.current = refusal;
    since.current = sound.now();
  }
  if (refusal === null || refusal.refused === 'silent') return 0;
  return Math.max(0, Math.ceil(refusal.seconds - (now - since.current) / 1000));
}
