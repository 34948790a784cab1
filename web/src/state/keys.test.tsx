import { act, fireEvent, render, screen } from '@testing-library/react';
import { handleKey, useKey, useKeyListener } from './keys';
import { keyTable, type KeyId } from './keyTable';
import { changeSettings, forgetSettings } from './settings';

function Handles({ keys, run, active }: { readonly keys: KeyId; readonly run: () => void; readonly active?: boolean }) {
  useKeyListener();
  useKey(keys, run, active);
  return <input aria-label="field" />;
}

afterEach(() => {
  localStorage.clear();
  forgetSettings();
});

const press = (key: string, more: Partial<KeyboardEventInit> = {}): void => {
  fireEvent.keyDown(document.body, { key, ...more });
};

it.each([
  ['jump', () => press('k', { ctrlKey: true })],
  ['live', () => press('.')],
  ['earlier', () => press('ArrowLeft', { shiftKey: true })],
  ['help', () => press('?', { shiftKey: true })],
  ['next', () => press('ArrowDown')],
  ['next', () => press('j')],
  ['close', () => press('Escape')],
] as const)('%s is pressed', (id, act) => {
  const run = vi.fn();
  render(<Handles keys={id} run={run} />);
  act();
  expect(run).toHaveBeenCalledOnce();
});

it('two letters follow one another', () => {
  const run = vi.fn();
  render(<Handles keys="alerts" run={run} />);
  press('a');
  expect(run).not.toHaveBeenCalled();
  press('g');
  press('a');
  expect(run).toHaveBeenCalledOnce();
});

it('letters that are typed into a field are no shortcuts, those with Ctrl are', () => {
  const [filter, jump] = [vi.fn(), vi.fn()];
  render(<Handles keys="live" run={filter} />);
  render(<Handles keys="jump" run={jump} />);
  const [field] = screen.getAllByLabelText('field');
  if (field === undefined) {
    throw new Error('no field');
  }

  fireEvent.keyDown(field, { key: '.' });
  expect(filter).not.toHaveBeenCalled();
  fireEvent.keyDown(field, { key: 'k', ctrlKey: true });
  expect(jump).toHaveBeenCalled();
});

it('single keys can be switched off as a whole', () => {
  const run = vi.fn();
  changeSettings({ singleKeys: false });
  render(<Handles keys="live" run={run} />);
  press('.');
  expect(run).not.toHaveBeenCalled();
});

it('of several handlers the topmost counts, and none that is not active', () => {
  const [below, above, off] = [vi.fn(), vi.fn(), vi.fn()];
  render(<Handles keys="close" run={below} />);
  const { unmount } = render(<Handles keys="close" run={above} />);
  render(<Handles keys="close" run={off} active={false} />);
  act(() => {
    handleKey(new KeyboardEvent('keydown', { key: 'Escape' }));
  });
  expect([below, above, off].map((run) => run.mock.calls.length)).toEqual([0, 1, 0]);
  unmount();
  act(() => {
    handleKey(new KeyboardEvent('keydown', { key: 'Escape' }));
  });
  expect(below).toHaveBeenCalledOnce();
});

it('within one place of the table no key stands twice', () => {
  const seen = Object.values(keyTable).flatMap((entry) => entry.keys.split(' or ').map((key) => `${entry.where} ${key}`));
  expect(new Set(seen).size).toBe(seen.length);
});
