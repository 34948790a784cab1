import '@testing-library/jest-dom/vitest';
import { configure } from '@testing-library/react';

// A page with its parts takes its time where other builds run beside.
configure({ asyncUtilTimeout: 5000 });

// What jsdom lacks and Mantine asks for.
class NoResizeObserver {
  observe(): void {
    return;
  }

  unobserve(): void {
    return;
  }

  disconnect(): void {
    return;
  }
}

globalThis.ResizeObserver ??= NoResizeObserver;
Object.defineProperty(window, 'matchMedia', {
  writable: true,
  value: (query: string) => ({
    matches: false,
    media: query,
    onchange: null,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    addListener: () => undefined,
    removeListener: () => undefined,
    dispatchEvent: () => false,
  }),
});
Object.defineProperty(document, 'fonts', { writable: true, value: { addEventListener: () => undefined, removeEventListener: () => undefined, ready: Promise.resolve() } });
window.HTMLElement.prototype.scrollIntoView = () => undefined;
