// What "now" means to every part of the page, in milliseconds. It moves by refresh and by Live, not by itself: two panels must not disagree about it.
let now = Date.now();
const listeners = new Set<() => void>();

export function getNow(): number {
  return now;
}

export function refreshNow(): void {
  const current = Date.now();
  if (current === now) {
    return;
  }

  now = current;
  for (const listener of listeners) {
    listener();
  }
}

export function subscribeNow(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
