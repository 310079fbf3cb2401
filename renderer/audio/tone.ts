const seconds = 1.2;

/** Plays two soft notes on this loudspeaker ('' is the system's own); false when it cannot be played there. */
export async function playTone(sinkId: string): Promise<boolean> {
  const context = new AudioContext();
  try {
    await (context as AudioContext & { setSinkId?: (id: string) => Promise<void> }).setSinkId?.(sinkId);
    await context.resume();
    const gain = new GainNode(context, { gain: 0 });
    gain.connect(context.destination);
    const begin = context.currentTime + 0.05;
    for (const [part, frequency] of [523.25, 659.25].entries()) {
      const note = new OscillatorNode(context, { frequency });
      note.connect(gain);
      note.start(begin + (part * seconds) / 2);
      note.stop(begin + ((part + 1) * seconds) / 2);
    }
    gain.gain.setValueAtTime(0, begin);
    gain.gain.linearRampToValueAtTime(0.25, begin + 0.05);
    gain.gain.setValueAtTime(0.25, begin + seconds - 0.2);
    gain.gain.linearRampToValueAtTime(0, begin + seconds);
    await new Promise((resolve) => setTimeout(resolve, (seconds + 0.3) * 1000));
    return context.state === 'running';
  } catch {
    return false;
  } finally {
    void context.close();
  }
}
