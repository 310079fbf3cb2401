/** Escape leaves a field for the keys of the desk; what was typed stays. */
export function leaveOnEscape(event: { key: string; currentTarget: HTMLElement }): void {
  if (event.key === 'Escape') event.currentTarget.blur();
}
