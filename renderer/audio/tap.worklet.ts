import { mixDown } from './mono.ts';

// What an AudioWorklet's global scope has and TypeScript's DOM library does not know.
declare const registerProcessor: (name: string, processor: new () => object) => void;
declare const AudioWorkletProcessor: new () => { readonly port: MessagePort };

/** Hands every block on, through the port that arrives as its first message. */
class Tap extends AudioWorkletProcessor {
  #out: MessagePort | undefined;

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<MessagePort>) => {
      this.#out = data;
    };
  }

  process([input]: Float32Array<ArrayBuffer>[][]): boolean {
    if (input !== undefined && input.length > 0) {
      const mono = mixDown(input).slice();
      this.#out?.postMessage(mono, [mono.buffer]);
    }
    return true;
  }
}

registerProcessor('tap', Tap);
