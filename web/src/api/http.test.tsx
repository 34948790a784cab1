import { fakeServer } from '../testing/fakeServer';
import { ApiError } from './apiError';
import { request, requestJson, requestLines, requestPrometheus, setCsrfToken, setSignedOutHandler } from './http';

async function failureOf(promise: Promise<unknown>): Promise<ApiError> {
  const error: unknown = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ApiError)) {
    throw new Error('no ApiError was thrown');
  }

  return error;
}

afterEach(() => {
  setCsrfToken(undefined);
  setSignedOutHandler(undefined);
  document.head.querySelector('base')?.remove();
});

describe('an answer that is no success', () => {
  it.each([
    [
      'ours',
      { status: 422, body: { error: { message: 'rate needs a range.', cause: 'parse error', place: { line: 1, column: 21, offset: 20, length: 4, odd: true }, fix: 'Add [5m].' } } },
      { status: 422, message: 'rate needs a range.', cause: 'parse error', place: { line: 1, column: 21, offset: 20, length: 4 }, fix: 'Add [5m].' },
    ],
    ["Prometheus'", { status: 400, body: { status: 'error', errorType: 'bad_data', error: '1:3: parse error' } }, { status: 400, message: '1:3: parse error', cause: 'bad_data' }],
    ["Grafana's", { status: 412, body: { message: 'The dashboard has been changed by someone else', status: 'version-mismatch' } }, { status: 412, message: 'The dashboard has been changed by someone else' }],
    ["Alertmanager's bare string", { status: 400, body: 'bad matcher format' }, { status: 400, message: 'bad matcher format' }],
    ['plain text', { status: 403, body: 'Forbidden: it needs Editor\n', contentType: 'text/plain' }, { status: 403, message: 'Forbidden: it needs Editor' }],
    ['HTML of a proxy', { status: 502, body: '<html>Bad Gateway</html>', contentType: 'text/html' }, { status: 502, message: 'Pharos is not ready to answer.', cause: '<html>Bad Gateway</html>' }],
    ['nothing at all', { status: 404, body: '', contentType: 'text/plain' }, { status: 404, message: 'This does not exist.' }],
    ['JSON that is cut', { status: 500, body: '{"err', contentType: 'application/json; cut' }, { status: 500 }],
  ])('is one error, said as %s', async (_name, answer, expected) => {
    fakeServer({ 'GET /x': answer });
    expect(await failureOf(requestJson('/x'))).toMatchObject(expected);
  });

  it('is one error when no answer comes', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    const error = await failureOf(requestJson('/x'));
    expect(error).toMatchObject({ status: 0, message: 'Pharos does not answer.', cause: 'Failed to fetch', isUnreachable: true });
  });

  it('is one error when a success is not JSON', async () => {
    fakeServer({ 'GET /x': { body: 'hello', contentType: 'text/plain' } });
    expect((await failureOf(requestJson('/x'))).message).toBe('The server answered something that is not JSON.');
  });

  it('stays an abort when it was aborted', async () => {
    const abort = new AbortController();
    vi.stubGlobal('fetch', () => {
      abort.abort();
      return Promise.reject(new DOMException('aborted', 'AbortError'));
    });
    await expect(requestJson('/x', { signal: abort.signal })).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('signing in', () => {
  it('sends the token against forgery with what changes something, and only with that', async () => {
    const requests = fakeServer({ 'GET /x': { body: {} }, 'POST /x': { body: {} } });
    setCsrfToken('secret');
    await requestJson('/x');
    await requestJson('/x', { method: 'POST', body: { a: 1 } });
    expect(requests.map((one) => one.headers.get('X-Pharos-Csrf'))).toEqual([null, 'secret']);
    expect(requests[1]?.body).toEqual({ a: 1 });
    expect(requests[1]?.headers.get('Content-Type')).toBe('application/json');
  });

  it('is told that the session ended by 401, but not by the 401 of a wrong password', async () => {
    fakeServer({ 'GET /x': { status: 401, body: '', contentType: 'text/plain' } });
    const ended = vi.fn();
    setSignedOutHandler(ended);
    await failureOf(requestJson('/x', { expects401: true }));
    expect(ended).not.toHaveBeenCalled();
    await failureOf(requestJson('/x'));
    expect(ended).toHaveBeenCalledOnce();
  });
});

it('asks behind the path that the server stands behind', async () => {
  document.head.insertAdjacentHTML('afterbegin', '<base href="/prom/">');
  const requests = fakeServer({ 'GET /prom/api/v1/labels': { body: {} } });
  await requestJson('/api/v1/labels');
  expect(requests[0]?.path).toBe('/prom/api/v1/labels');
});

it('takes the envelope off answers of Prometheus and keeps the warnings', async () => {
  fakeServer({ 'GET /a': { body: { status: 'success', data: [1], warnings: ['w'] } }, 'GET /b': { body: { status: 'error', errorType: 'timeout', error: 'query timed out' } } });
  expect(await requestPrometheus('/a')).toEqual({ data: [1], warnings: ['w'], infos: [] });
  expect((await failureOf(requestPrometheus('/b'))).message).toBe('query timed out');
});

it('answers nothing for 204', async () => {
  fakeServer({ 'DELETE /x': { status: 204 } });
  expect(await requestJson('/x', { method: 'DELETE' })).toBeUndefined();
});

it('sends a form as it is', async () => {
  const requests = fakeServer({ 'POST /x': { body: {} } });
  await request('/x', { method: 'POST', form: new URLSearchParams({ query: 'up' }) });
  expect(String(requests[0]?.body)).toBe('query=up');
});

it('hands over streamed lines as they come, wherever the pieces break', async () => {
  const pieces = ['{"id":"a"', '}\n{"id":', '"ü"}\n\n{"done":true}'];
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) {
        controller.enqueue(encoder.encode(piece));
      }

      controller.close();
    },
  });
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(body)));
  const lines: unknown[] = [];
  await requestLines('/x', { method: 'POST' }, (line) => lines.push(line));
  expect(lines).toEqual([{ id: 'a' }, { id: 'ü' }, { done: true }]);
});
