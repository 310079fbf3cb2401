import { planCues } from './cue-schedule.ts';
import type { CueName, Cues } from './types.ts';

const names: readonly CueName[] = ['countdown', 'start', 'end'];

/** Loads the three cues from `/sounds/*.mp3`; `lead` takes them to the loudspeaker. Call it after a touch or key, or the browser keeps it silent. */
export function createCues(base = location.origin, lead?: (player: object) => Promise<void>): Cues {
  const context = new AudioContext();
  void lead?.(context);
  const loaded = new Map<CueName, AudioBuffer>();
  const loading = Promise.all(
    names.map(async (name) => {
      try {
        const response = await fetch(`${base}/sounds/${name}.mp3`);
        if (response.ok) loaded.set(name, await context.decodeAudioData(await response.arrayBuffer()));
      } catch {
        // A booth without its cues still records.
      }
    }),
  );

  /** Starts a cue `delay` seconds from now, at once when that is past; undefined when there is none. */
  function begin(name: CueName, delay: number): AudioBufferSourceNode | undefined {
    const buffer = loaded.get(name);
    if (buffer === undefined || context.state === 'closed') return undefined;
    void context.resume();
    const node = new AudioBufferSourceNode(context, { buffer });
    node.connect(context.destination);
    node.start(context.currentTime + Math.max(0, delay));
    return node;
  }

  return {
    async play(name) {
      await loading;
      const node = begin(name, 0);
      if (node === undefined) return;
      await new Promise<void>((resolve) => {
        node.onended = () => resolve();
        // A context the browser keeps suspended never ends its cues.
        setTimeout(resolve, (node.buffer?.duration ?? 0) * 1000 + 500);
      });
    },
    countdown(goAt) {
      const nodes: AudioBufferSourceNode[] = [];
      let off = false;
      void loading.then(() => {
        if (off) return;
        const lengths = Object.fromEntries([...loaded].map(([name, buffer]) => [name, buffer.duration]));
        const toGo = (goAt - performance.now()) / 1000;
        for (const { name, at } of planCues(lengths, context.outputLatency || context.baseLatency)) {
          // What should have begun already would end too late.
          if (toGo + at < -0.03) continue;
          const node = begin(name, toGo + at);
          if (node !== undefined) nodes.push(node);
        }
      });
      return () => {
        off = true;
        for (const node of nodes) node.stop();
      };
    },
    close: () => void context.close(),
  };
}
