import { type EditorState, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view';

/** A part of a query that is looked at elsewhere on the page. */
export interface LookedAt {
  /** The text it is a part of: in any other it is nowhere. */
  readonly expr: string;
  readonly offset: number;
  readonly length: number;
  /** It was asked for: the editor goes there and selects it. */
  readonly isTaken: boolean;
}

const setLooked = StateEffect.define<LookedAt | undefined>();
const mark = Decoration.mark({ class: 'ph-looked' });

/** Marks the part that is looked at, until the text changes. */
export const lookedAt = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setLooked)) {
        const range = rangeOf(transaction.state, effect.value);
        return range === undefined ? Decoration.none : Decoration.set(mark.range(range.from, range.to));
      }
    }

    return transaction.docChanged ? Decoration.none : marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Looks at a part, or at none. Does nothing to the text. */
export function lookAt(view: EditorView, looked: LookedAt | undefined): void {
  const range = rangeOf(view.state, looked);
  if (range === undefined && view.state.field(lookedAt).size === 0) {
    return;
  }

  if (range === undefined || looked?.isTaken !== true) {
    view.dispatch({ effects: setLooked.of(looked) });
    return;
  }

  view.dispatch({ effects: setLooked.of(undefined), selection: { anchor: range.from, head: range.to }, scrollIntoView: true });
  view.focus();
}

/** Where it stands in a text; undefined where it does not. */
function rangeOf(state: EditorState, looked: LookedAt | undefined): { readonly from: number; readonly to: number } | undefined {
  const length = state.doc.length;
  if (looked === undefined || looked.length === 0 || looked.expr.length !== length || looked.offset + looked.length > length || state.doc.toString() !== looked.expr) {
    return undefined;
  }

  return { from: looked.offset, to: looked.offset + looked.length };
}
