import { vi } from 'vitest';

export interface FakeAnswer {
  readonly status?: number;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: unknown;
}

type Answers = Readonly<Record<string, FakeAnswer | ((request: FakeRequest) => FakeAnswer)>>;

/** Stands for the server: `fetch` answers by "METHOD /path". What is asked for and not there is 404. Answers the requests that came. */
export function fakeServer(answers: Answers): readonly FakeRequest[] {
  const requests: FakeRequest[] = [];
  vi.stubGlobal('fetch', (input: string | URL, init: RequestInit = {}) => {
    const url = new URL(input, 'http://pharos.test');
    const text = typeof init.body === 'string' ? init.body : '';
    const request: FakeRequest = { method: init.method ?? 'GET', path: url.pathname + url.search, headers: new Headers(init.headers), body: text === '' ? init.body : JSON.parse(text) };
    requests.push(request);
    const found = answers[`${request.method} ${request.path}`] ?? answers[`${request.method} ${url.pathname}`] ?? { status: 404, body: { error: { message: `${url.pathname} is not there` } } };
    const answer = typeof found === 'function' ? found(request) : found;
    const contentType = answer.contentType ?? 'application/json';
    const body = answer.status === 204 ? null : contentType.includes('json') ? JSON.stringify(answer.body) : String(answer.body);
    return Promise.resolve(new Response(body, { status: answer.status ?? 200, headers: { 'Content-Type': contentType, ...answer.headers } }));
  });
  return requests;
}
