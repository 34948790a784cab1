import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, defaultHighlightStyle, foldGutter, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useEffectEvent, useRef } from 'react';
import { styleNonce } from '../../../lib/basePath';

interface JsonEditorProps {
  readonly initial: string;
  readonly onChange: (text: string) => void;
  /** An offset to show and mark, counted anew for each object. */
  readonly reveal?: { readonly offset: number };
}

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--ph-k-label)' },
  { tag: tags.string, color: 'var(--ph-k-str)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--ph-k-num)' },
  { tag: [tags.separator, tags.brace, tags.squareBracket], color: 'var(--ph-k-op)' },
]);

const look = EditorView.theme({
  '&': { height: '100%', fontSize: '13px', backgroundColor: 'var(--ph-surface)', color: 'var(--ph-text)' },
  '.cm-scroller': { fontFamily: '"JetBrains Mono Variable", ui-monospace, monospace', lineHeight: '21px' },
  '.cm-gutters': { backgroundColor: 'var(--ph-surface)', color: 'var(--ph-text-3)', border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--ph-hover)' },
  '.cm-cursor': { borderLeftColor: 'var(--ph-text)' },
  '&.cm-focused': { outline: 'none' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--ph-accent-tint)' },
});

/** JSON with line numbers, folding and undo. Keeps its text itself; `initial` counts once. */
export function JsonEditor({ initial, onChange, reveal }: JsonEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const changed = useEffectEvent(onChange);
  const first = useEffectEvent(() => initial);

  useEffect(() => {
    if (host.current === null) {
      return undefined;
    }
    const created = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: first(),
        extensions: [
          lineNumbers(), foldGutter(), history(), drawSelection(), indentOnInput(), bracketMatching(), highlightActiveLine(), json(),
          syntaxHighlighting(colours), syntaxHighlighting(defaultHighlightStyle, { fallback: true }), look,
          keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
          EditorView.cspNonce.of(styleNonce() ?? ''), EditorView.contentAttributes.of({ 'aria-label': 'The dashboard as JSON' }),
          EditorView.updateListener.of((update) => { if (update.docChanged) { changed(update.state.doc.toString()); } }),
        ],
      }),
    });
    view.current = created;
    return () => {
      created.destroy();
      view.current = null;
    };
  }, []);

  useEffect(() => {
    const editor = view.current;
    if (reveal !== undefined && editor !== null) {
      const at = Math.min(reveal.offset, editor.state.doc.length);
      editor.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
      editor.focus();
    }
  }, [reveal]);
  return <div ref={host} style={{ height: '100%' }} />;
}
