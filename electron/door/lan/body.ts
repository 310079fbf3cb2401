export interface BodyLimits {
  /** Largest body, in bytes. */
  bytes: number;
  /** How long all of it may take to arrive, in milliseconds. */
  ms: number;
}

/** `gone`: the line broke. */
export type BodyFailure = 'tooLarge' | 'tooSlow' | 'gone';

/**
 * A request whose body is here in whole, so that who works on it never waits for who sends it. A request without a body
 * is answered as it is.
 */
export async function withWholeBody(request: Request, limits: BodyLimits): Promise<Request | BodyFailure> {
  if (request.body === null) return request;
  if (Number(request.headers.get('content-length') ?? 0) > limits.bytes) return 'tooLarge';
  const reader = request.body.getReader();
  const late = Promise.withResolvers<'late'>();
  const timer = setTimeout(() => late.resolve('late'), limits.ms);
  const parts: Uint8Array[] = [];
  let size = 0;
  let failure: BodyFailure | undefined;
  try {
    for (;;) {
      const part = await Promise.race([reader.read(), late.promise]);
      if (part === 'late') failure = 'tooSlow';
      else if (part.done) break;
      else {
        size += part.value.byteLength;
        if (size > limits.bytes) failure = 'tooLarge';
        else parts.push(part.value);
      }
      if (failure !== undefined) break;
    }
  } catch {
    failure = 'gone';
  } finally {
    clearTimeout(timer);
  }
  if (failure !== undefined) {
    void reader.cancel().catch(() => undefined);
    return failure;
  }
  const { url, method, headers, signal } = request;
  return new Request(url, { method, headers, signal, body: Buffer.concat(parts) });
}
