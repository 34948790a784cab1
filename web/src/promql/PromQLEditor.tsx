import { acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, syntaxHighlighting } from '@codemirror/language';
import { setDiagnostics } from '@codemirror/lint';
import { EditorState, Prec } from '@codemirror/state';
import { drawSelection, EditorView, keymap, placeholder, tooltips } from '@codemirror/view';
import { PromQLExtension } from '@prometheus-io/codemirror-promql';
import { useEffect, useEffectEvent, useRef } from 'react';
import { styleNonce } from '../lib/basePath';
import { CompletionClient } from './completionClient';
import { QueryLint, serverDiagnostic, type ServerError } from './diagnostics';
import { editorLook, queryColours } from './editorLook';
import { MetricCompletion } from './metricCompletion';
import { lookAt, lookedAt, type LookedAt } from './lookedAt';
import { stepThrough } from './queryHistory';

export interface PromQLEditorProps {
  /** Its name, for readers of the screen. */
  readonly label: string;
  readonly value: string;
  readonly autoFocus?: boolean;
  /** Queries that were run, the newest first: Ctrl ↑ goes back through them. */
  readonly history: readonly string[];
  /** Marked as long as the text is the one it is about. */
  readonly error?: ServerError | undefined;
  /** A part that is looked at elsewhere on the page. */
  readonly looked?: LookedAt | undefined;
  onChange(text: string): void;
  onRun(): void;
  /** Alt Enter: mends the query where a fix is known. */
  onFix?(): void;
  onFocus?(): void;
}

// Of the tab: what one editor has asked another need not ask.
const client = new CompletionClient();

/** PromQL with completion from this server, marks where it does not parse, and history. Comes by itself with CodeMirror: load it lazily. */
export function PromQLEditor(props: PromQLEditorProps) {
  const { label, value, error, looked, autoFocus = false } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const lint = useRef<QueryLint | null>(null);
  const onChange = useEffectEvent(props.onChange);
  const onRun = useEffectEvent(props.onRun);
  const onFix = useEffectEvent(() => { props.onFix?.(); return props.onFix !== undefined; });
  const onFocus = useEffectEvent(() => { props.onFocus?.(); });
  const first = useEffectEvent(() => ({ value, autoFocus, label }));
  const earlier = useEffectEvent(() => props.history);

  useEffect(() => {
    if (host.current === null) {
      return undefined;
    }

    const start = first();
    const queryLint = new QueryLint();
    const step = stepThrough();
    const walk = (direction: 1 | -1) => (editor: EditorView): boolean => {
      const next = step(direction, editor.state.doc.toString(), earlier());
      if (next !== undefined) {
        editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: next }, selection: { anchor: next.length } });
      }

      return true;
    };
    const promql = new PromQLExtension().setComplete({ completeStrategy: new MetricCompletion(client) }).setLinter(queryLint);
    const created = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: start.value,
        extensions: [
          Prec.highest(keymap.of([
            { key: 'Mod-Enter', run: () => { onRun(); return true; } }, { key: 'Alt-Enter', run: () => onFix() }, { key: 'Tab', run: acceptCompletion },
            { key: 'Mod-ArrowUp', run: walk(1) }, { key: 'Mod-ArrowDown', run: walk(-1) },
          ])),
          history(), drawSelection(), bracketMatching(), closeBrackets(), autocompletion({ icons: true, maxRenderedOptions: 200 }),
          promql.asExtension(), syntaxHighlighting(queryColours), editorLook, lookedAt, EditorView.lineWrapping,
          keymap.of([...closeBracketsKeymap, ...completionKeymap, ...defaultKeymap, ...historyKeymap]),
          placeholder('PromQL, such as rate(http_requests_total[5m])'), tooltips({ parent: document.body }),
          EditorView.cspNonce.of(styleNonce() ?? ''), EditorView.contentAttributes.of({ 'aria-label': start.label, spellcheck: 'false' }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) {
              onChange(update.state.doc.toString());
            }
            if (update.focusChanged && update.view.hasFocus) {
              onFocus();
            }
          }),
        ],
      }),
    });
    view.current = created;
    lint.current = queryLint;
    if (start.autoFocus) {
      created.focus();
      created.dispatch({ selection: { anchor: start.value.length } });
    }

    return () => {
      created.destroy();
      promql.destroy();
      view.current = null;
      lint.current = null;
    };
  }, []);

  // The text was changed from outside: an address, a fix, the history.
  useEffect(() => {
    const editor = view.current;
    if (editor !== null && editor.state.doc.toString() !== value) {
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value }, selection: { anchor: value.length } });
    }
  }, [value]);

  useEffect(() => {
    const editor = view.current;
    if (editor !== null && lint.current !== null && lint.current.serverError !== error) {
      lint.current.serverError = error;
      const mark = serverDiagnostic(error, editor.state.doc.toString());
      editor.dispatch(setDiagnostics(editor.state, mark === undefined ? [] : [mark]));
    }
  }, [error]);

  useEffect(() => {
    if (view.current !== null) {
      lookAt(view.current, looked);
    }
  }, [looked, value]);
  return <div ref={host} />;
}
