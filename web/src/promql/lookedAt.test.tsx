import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { lookAt, lookedAt, type LookedAt } from './lookedAt';

const part = (more: Partial<LookedAt> = {}): LookedAt => ({ expr: 'sum(up)', offset: 4, length: 2, isTaken: false, ...more });

let view: EditorView;

beforeEach(() => {
  view = new EditorView({ parent: document.body, state: EditorState.create({ doc: 'sum(up)', extensions: [lookedAt] }) });
});

// Before it measures, which only a browser can.
afterEach(() => view.destroy());

const marked = () => view.dom.querySelector('.ph-looked')?.textContent;

describe('lookAt', () => {
  it('marks a part, and another, and none', () => {
    lookAt(view, part());
    expect(marked()).toBe('up');
    lookAt(view, part({ offset: 0, length: 7 }));
    expect(marked()).toBe('sum(up)');
    lookAt(view, undefined);
    expect(marked()).toBeUndefined();
  });

  it('forgets it with the text', () => {
    lookAt(view, part());
    view.dispatch({ changes: { from: 0, insert: '-' } });
    expect(marked()).toBeUndefined();
  });

  it.each([part({ expr: 'sum(uq)' }), part({ offset: 6 }), part({ length: 0 })])('marks nothing that is not there: %o', (looked) => {
    lookAt(view, looked);
    expect(marked()).toBeUndefined();
  });

  it('goes to what was asked for, and selects it', () => {
    lookAt(view, part({ isTaken: true }));
    expect([view.state.selection.main.from, view.state.selection.main.to]).toEqual([4, 6]);
    expect(view.hasFocus).toBe(true);
  });
});
