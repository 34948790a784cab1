import { act } from '@testing-library/react';
import { vi } from 'vitest';

/** Stands for the event stream of the server; the last one that was opened is the one that lives. */
export class FakeEventSource {
  static opened: FakeEventSource[] = [];

  onopen: (() => void) | undefined;
  onerror: (() => void) | undefined;
  isClosed = false;
  readonly #listeners = new Map<string, (event: MessageEvent<string>) => void>();

  constructor(readonly url: string) {
    FakeEventSource.opened.push(this);
  }

  static install(): void {
    FakeEventSource.opened = [];
    vi.stubGlobal('EventSource', FakeEventSource);
  }

  static last(): FakeEventSource {
    const last = FakeEventSource.opened.at(-1);
    if (last === undefined) {
      throw new Error('no event stream was opened');
    }

    return last;
  }

  addEventListener(name: string, listener: (event: MessageEvent<string>) => void): void {
    this.#listeners.set(name, listener);
  }

  close(): void {
    this.isClosed = true;
  }

  send(name: string, data: unknown): void {
    act(() => this.#listeners.get(name)?.(new MessageEvent(name, { data: JSON.stringify(data) })));
  }

  fail(): void {
    act(() => this.onerror?.());
  }
}
