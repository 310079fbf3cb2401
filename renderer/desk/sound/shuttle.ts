/** Speeds J and L step through, either way from standing still. */
const forward = [1, 1.5, 2, 3];
const back = [-1, -2, -4];

/** The speed after one more press: faster the same way, or turned round at its slowest. 0 stands still. */
export function nextRate(rate: number, direction: -1 | 1): number {
  const speeds = direction === 1 ? forward : back;
  const faster = speeds.find((speed) => speed * direction > rate * direction);
  if (rate * direction <= 0) return speeds[0] as number;
  return faster ?? (speeds.at(-1) as number);
}
