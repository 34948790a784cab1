import type { ErrorPlace } from '../lib/errorPlace';

interface ErrorDetails {
  readonly cause?: string | undefined;
  readonly place?: ErrorPlace | undefined;
  readonly fix?: string | undefined;
}

/** The one error of all requests, whatever the server said it in. `status` is 0 when no answer came. */
export class ApiError extends Error {
  readonly status: number;
  /** The unchanged text of the part that failed: shown under Details, never parsed. */
  override readonly cause: string | undefined;
  readonly place: ErrorPlace | undefined;
  readonly fix: string | undefined;

  constructor(status: number, message: string, details: ErrorDetails = {}) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.cause = details.cause;
    this.place = details.place;
    this.fix = details.fix;
  }

  /** Whether the server could not be asked, so that asking again may help. */
  get isUnreachable(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504;
  }
}

/** Reads an answer that is no success: our envelope, Prometheus', Alertmanager's, Grafana's, or plain text. */
export async function readError(response: Response): Promise<ApiError> {
  const text = (await response.text()).trim();
  const parsed = response.headers.get('Content-Type')?.includes('json') === true ? parseJson(text) : undefined;
  return errorOfBody(response.status, parsed, text);
}

export function errorOfBody(status: number, body: unknown, text = ''): ApiError {
  if (isRecord(body)) {
    const own = body['error'];
    if (isRecord(own)) {
      return new ApiError(status, textOf(own['message']) ?? sentenceOf(status), {
        cause: textOf(own['cause']),
        place: placeOf(own['place']),
        fix: textOf(own['fix']),
      });
    }

    // Prometheus: {status: "error", errorType, error}; a token that Grafana refuses: {message}.
    const message = textOf(own) ?? textOf(body['message']);
    if (message !== undefined) {
      return new ApiError(status, message, { cause: textOf(body['errorType']) });
    }
  }

  // Alertmanager answers a bare JSON string.
  const plain = textOf(body) ?? (text.startsWith('<') || text.length > 2000 ? undefined : textOf(text));
  return new ApiError(status, plain ?? sentenceOf(status), plain === undefined && text !== '' ? { cause: text.slice(0, 2000) } : {});
}

function sentenceOf(status: number): string {
  switch (status) {
    case 0:
      return 'Pharos does not answer.';
    case 401:
      return 'Nobody is signed in.';
    case 403:
      return 'Your role does not allow this.';
    case 404:
      return 'This does not exist.';
    case 413:
      return 'This is larger than the server takes.';
    case 429:
      return 'Too many requests. Wait a little.';
    case 502:
    case 503:
    case 504:
      return 'Pharos is not ready to answer.';
    default:
      return `The server answered ${status}.`;
  }
}

function placeOf(value: unknown): ErrorPlace | undefined {
  if (!isRecord(value)) {
    return undefined;
  }

  const file = textOf(value['file']);
  const numbers = Object.fromEntries(
    ['line', 'column', 'offset', 'length'].flatMap((name) => (typeof value[name] === 'number' ? [[name, value[name]]] : [])),
  );
  return { ...(file === undefined ? {} : { file }), ...numbers };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
