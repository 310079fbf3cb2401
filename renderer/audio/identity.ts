/**
 * Whether the system has moved the track to another device. A source that vanishes may be replaced behind the track's
 * back without any event, so the list of devices is asked: the track's own is gone from it, or `default` means another.
 */
export function hasMoved(
  opened: { deviceId: string; label: string },
  devices: readonly { kind: string; deviceId: string; label: string }[],
): boolean {
  const microphones = devices.filter((device) => device.kind === 'audioinput' && device.deviceId !== '');
  // Without permission the list is blank and says nothing.
  if (microphones.length === 0) return false;
  const same = microphones.find((device) => device.deviceId === opened.deviceId);
  return same === undefined || (opened.label !== '' && same.label !== '' && same.label !== opened.label);
}
