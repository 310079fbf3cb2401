/** A stream that ends in the middle when the signal aborts: what is being sent to a session ends with it. */
export function lasting(stream: ReadableStream<Uint8Array>, signal: AbortSignal): ReadableStream<Uint8Array> {
  const reader = stream.getReader();
  let end: () => void = () => undefined;
  const over = () => signal.removeEventListener('abort', end);
  return new ReadableStream<Uint8Array>({
    start(controller) {
      end = () => {
        controller.error(signal.reason);
        // What makes it stops too, and lets go of its files.
        reader.cancel(signal.reason).catch(() => undefined);
      };
      if (signal.aborted) end();
      else signal.addEventListener('abort', end, { once: true });
    },
    async pull(controller) {
      const { done, value } = await reader.read();
      if (signal.aborted) return;
      if (!done) return controller.enqueue(value);
      over();
      controller.close();
    },
    cancel(reason) {
      over();
      return reader.cancel(reason).catch(() => undefined);
    },
  });
}
