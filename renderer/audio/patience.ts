/**
 * How long the booth waits for a microphone before it says or does anything. All in milliseconds, in one place, because
 * they hang together: a pause is first borne, then told, and only one that no machine explains ends a take.
 */
export const patience = {
  /**
   * Without data: said to the visitor and to the hosts, in passing. Healthy microphones on a machine with both cores
   * busy were seen to pause for 0.7 to 1.6 s; shorter pauses are nobody's business.
   */
  tell: 2000,
  /**
   * Without data: the microphone is lost, and what was said until then is offered. A sound server that is restarted is
   * back within 3 to 5 s; nobody speaks for longer than this to a machine that says it hears nothing.
   */
  lose: 8000,
  /**
   * Of digital zeros: told, and never the end of anything. A muted microphone gives them for as long as it is muted,
   * and the visitor or a host can undo that; a real input's noise never gives them for this long.
   */
  zeros: 2000,
  /**
   * The most that one look counts for. A worker that slept (a starved machine, a laptop's lid) wakes to its timer before
   * it gets the sound that came meanwhile: the time it slept says nothing of the microphone.
   */
  look: 500,
  /** Between two blocks: beyond this it is asked whether sound was lost in between. Blocks come every 10 to 20 ms. */
  pause: 150,
  /** After a pause the device is given this long to bring what is late; then what lacks is lost. */
  late: 1000,
  /** Should it come later still, it is taken off the gap again; longer than this a device's own drift would be taken for it. */
  veryLate: 5000,
  /** Less than this cannot be told from a clock's drift and a busy machine's delays, so it is not called a gap. */
  leastGap: 100,
  /** At the end of a take, for sound that is still under way from the device, … */
  tail: 300,
  /** … and where the device was pausing when the visitor said « stop »: what they said before may still come. */
  lateTail: 2000,
  /** Between two comparisons of the stream with a second one of the same device, … */
  verify: 3000,
  /** … for which the second is given this long to bring its sound. */
  second: 5000,
  /** Between two looks at the list of devices while one is open: `devicechange` does not fire everywhere. */
  identity: 1000,
} as const;
