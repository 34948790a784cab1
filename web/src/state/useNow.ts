import { useEffect, useState } from 'react';

/** The clock of the wall for ages that tick, in milliseconds: moves by itself every `stepMs`. What is asked of the server goes by `now` of the range. */
export function useNow(stepMs = 10_000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), stepMs);
    return () => clearInterval(timer);
  }, [stepMs]);
  return now;
}
