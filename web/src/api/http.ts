import { basePath } from '../lib/basePath';
import { ApiError, errorOfBody, readError } from './apiError';

export interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as a form, as Prometheus takes long queries. */
  readonly form?: URLSearchParams;
  readonly signal?: AbortSignal | undefined;
  /** A 401 is this request's own answer (a wrong password), not the end of the session. */
  readonly expects401?: boolean;
}

// Of this tab: the server gives it with the session, and only to a page of its own origin.
let csrf: string | undefined;
let onSignedOut: (() => void) | undefined;

export function setCsrfToken(token: string | undefined): void {
  csrf = token;
}

/** What to do when a request is answered 401: the session has ended. */
export function setSignedOutHandler(handler: (() => void) | undefined): void {
  onSignedOut = handler;
}

/** The address of a path such as `/api/v1/query`, with what the server stands behind. */
export function urlOf(path: string, query?: URLSearchParams): string {
  const text = query?.toString() ?? '';
  return basePath() + path + (text === '' ? '' : `?${text}`);
}

/** The one fetch of the UI. Answers the response of a success; anything else is an {@link ApiError}. An abort stays an AbortError. */
export async function request(path: string, options: RequestOptions = {}): Promise<Response> {
  const method = options.method ?? 'GET';
  const headers = new Headers({ Accept: 'application/json' });
  if (options.body !== undefined) {
    headers.set('Content-Type', 'application/json');
  }

  if (method !== 'GET' && csrf !== undefined) {
    headers.set('X-Pharos-Csrf', csrf);
  }

  let response: Response;
  try {
    response = await fetch(basePath() + path, {
      method,
      headers,
      credentials: 'same-origin',
      body: options.body === undefined ? (options.form ?? null) : JSON.stringify(options.body),
      signal: options.signal ?? null,
    });
  } catch (error) {
    if (options.signal?.aborted === true) {
      throw error;
    }

    throw new ApiError(0, 'Pharos does not answer.', { cause: error instanceof Error ? error.message : String(error) });
  }

  if (response.ok) {
    return response;
  }

  const error = await readError(response);
  if (response.status === 401 && options.expects401 !== true) {
    onSignedOut?.();
  }

  throw error;
}

/** A JSON answer as it is; `undefined` for 204. The type is the caller's claim: docs/api.md is what both sides hold on to. */
export async function requestJson<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const response = await request(path, options);
  if (response.status === 204) {
    return undefined as T;
  }

  try {
    return (await response.json()) as T;
  } catch (error) {
    throw new ApiError(response.status, 'The server answered something that is not JSON.', { cause: error instanceof Error ? error.message : String(error) });
  }
}

export interface PrometheusAnswer<T> {
  readonly data: T;
  readonly warnings: readonly string[];
  readonly infos: readonly string[];
}

interface PrometheusEnvelope<T> {
  readonly status: 'success' | 'error';
  readonly data: T;
  readonly warnings?: readonly string[];
  readonly infos?: readonly string[];
}

/** An answer of `/api/v1` without its envelope. */
export async function requestPrometheus<T>(path: string, options: RequestOptions = {}): Promise<PrometheusAnswer<T>> {
  const envelope = await requestJson<PrometheusEnvelope<T>>(path, options);
  if (envelope.status !== 'success') {
    throw errorOfBody(200, envelope);
  }

  return { data: envelope.data, warnings: envelope.warnings ?? [], infos: envelope.infos ?? [] };
}

/** A streamed answer, one JSON value a line, each handed over as it comes. */
export async function requestLines(path: string, options: RequestOptions, onLine: (value: unknown) => void): Promise<void> {
  const response = await request(path, options);
  if (response.body === null) {
    throw new ApiError(response.status, 'The answer is empty.');
  }

  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    const lines = (rest + (value ?? '')).split('\n');
    rest = done ? '' : (lines.pop() ?? '');
    for (const line of lines) {
      if (line.trim() !== '') {
        onLine(JSON.parse(line));
      }
    }

    if (done) {
      return;
    }
  }
}
