export interface Device {
  kind: string;
  deviceId: string;
  label: string;
}

/** The microphone of this id in a list of devices; undefined where the list, without permission, is blank. */
export function microphoneOf(deviceId: string, devices: readonly Device[]): Device | undefined {
  return devices.find(
    (device) => device.kind === 'audioinput' && device.deviceId !== '' && device.deviceId === deviceId,
  );
}

/**
 * Whether the system has moved the track to another device. A source that vanishes may be replaced behind the track's
 * back without any event, so the list of devices is asked: the one it was opened on (`opened`, from such a list) is
 * gone from it, or its name, as that of `default`, now stands for another.
 */
export function hasMoved(opened: Device, devices: readonly Device[]): boolean {
  if (!devices.some((device) => device.kind === 'audioinput' && device.deviceId !== '')) return false;
  return microphoneOf(opened.deviceId, devices)?.label !== opened.label;
}
