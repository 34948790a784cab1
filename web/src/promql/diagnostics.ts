import type { Diagnostic } from '@codemirror/lint';
import type { EditorView } from '@codemirror/view';
import { PromQLExtension } from '@prometheus-io/codemirror-promql';

/** What the server said of a query, at characters of it. */
export interface ServerError {
  /** The text it is about: for any other it says nothing. */
  readonly expr: string;
  readonly message: string;
  readonly offset: number;
  readonly length: number;
}

type Lint = ReturnType<PromQLExtension['getLinter']>;

/** Marks what does not parse while it is written, and where the server found what only it can know. */
export class QueryLint implements Lint {
  serverError: ServerError | undefined;

  promQL(this: QueryLint): (view: EditorView) => Promise<readonly Diagnostic[]> {
    const local = new PromQLExtension().getLinter().promQL();
    return async (view) => {
      const text = view.state.doc.toString();
      const server = serverDiagnostic(this.serverError, text);
      if (server !== undefined) {
        return [server];
      }

      // Names that the server replaces are not PromQL until it has.
      return text.trim() === '' || text.includes('$') ? [] : (await local(view)).map((found) => withWords(found, text.length));
    };
  }
}

/** The mark of the server's error; at the end of the text, where something is missing, it takes the last character. */
export function serverDiagnostic(error: ServerError | undefined, text: string): Diagnostic | undefined {
  if (error?.expr !== text || text === '') {
    return undefined;
  }

  const from = Math.min(error.offset, text.length - 1);
  return { from, to: Math.max(from + 1, Math.min(error.offset + error.length, text.length)), severity: 'error', message: error.message };
}

// The parser says nothing of most errors but where they are.
function withWords(found: Diagnostic, length: number): Diagnostic {
  const message = found.message === '' ? 'This is not PromQL.' : found.message;
  return { ...found, message, from: Math.min(found.from, length), to: Math.min(found.to, length) };
}
