/**
 * Work done once for all who ask for it under the same key, and one piece of work at a time. Whoever asked may leave
 * (its promise rejects with its signal's reason); the work itself stops only when nobody is left.
 */
export class SharedJobs<T> {
  private readonly running = new Map<string, Job<T>>();
  private last: Promise<unknown> = Promise.resolve();

  /** `work` gets a signal of its own and tells its progress (0…1), which every asker hears. */
  run(
    key: string,
    work: (signal: AbortSignal, onProgress: (share: number) => void) => Promise<T>,
    asker: { signal?: AbortSignal | undefined; onProgress?: ((share: number) => void) | undefined } = {},
  ): Promise<T> {
    asker.signal?.throwIfAborted();
    const job = this.running.get(key) ?? this.start(key, work);
    return job.join(asker);
  }

  private start(key: string, work: (signal: AbortSignal, onProgress: (share: number) => void) => Promise<T>): Job<T> {
    const job = new Job<T>();
    const turn = this.last;
    const result = (async () => {
      await turn;
      job.signal.throwIfAborted();
      return work(job.signal, (share) => job.tell(share));
    })();
    this.last = result.catch(() => undefined);
    this.running.set(key, job);
    const forget = () => {
      if (this.running.get(key) === job) this.running.delete(key);
    };
    // An abandoned job must not be joined while it winds down.
    job.signal.addEventListener('abort', forget, { once: true });
    job.result = result.finally(forget);
    return job;
  }
}

class Job<T> {
  result: Promise<T> = Promise.reject(new Error('not started'));
  private readonly controller = new AbortController();
  private readonly listeners = new Set<(share: number) => void>();
  private askers = 0;
  private told = 0;

  constructor() {
    this.result.catch(() => undefined);
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  tell(share: number): void {
    if (share < this.told + 0.01) return;
    this.told = share;
    for (const listener of this.listeners) listener(share);
  }

  async join({
    signal,
    onProgress,
  }: {
    signal?: AbortSignal | undefined;
    onProgress?: ((share: number) => void) | undefined;
  }): Promise<T> {
    this.askers++;
    if (onProgress) this.listeners.add(onProgress);
    const result = this.result;
    try {
      if (!signal) return await result;
      return await new Promise<T>((resolve, reject) => {
        const leave = () => reject(signal.reason);
        signal.addEventListener('abort', leave, { once: true });
        result.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
      });
    } finally {
      if (onProgress) this.listeners.delete(onProgress);
      if (--this.askers === 0) this.controller.abort(new DOMException('nobody waits for it', 'AbortError'));
    }
  }
}
