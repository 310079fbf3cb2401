/** Has work done in turns, at most `lanes` pieces at once: what many ask for then costs memory as if few had. */
export function turns(lanes = 1): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    // Whoever ends hands its place on, so that nobody who comes later gets in between.
    if (running < lanes) running++;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
