import { fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import * as analysis from '../../../promql/analysis';
import { omit } from '../../../lib/omit';
import { draw } from '../../../testing/render';
import { ExplainTree } from './ExplainTree';
import { explanation, node, nothing } from './testExplanation';

function tree(of = nothing, opened?: number) {
  const told = { onOpen: vi.fn(), onPoint: vi.fn(), onAct: vi.fn(), onAsk: vi.fn() };
  draw(<ExplainTree letter="A" explanation={of} analysis={analysis} opened={opened} {...told} />);
  return told;
}

const quotient = explanation([
  node(0, '/', { kind: 'operator', text: 'sum(a) / sum(a)', place: { offset: 0, length: 15 }, series: 4, points: 724, selfMs: 0.2, totalMs: 34 }),
  node(1, 'sum', { parent: 0, depth: 1, kind: 'aggregation', text: 'sum(a)', place: { offset: 0, length: 6 }, series: 14, points: 2500, selfMs: 21, totalMs: 33.8 }),
  node(2, 'a', { parent: 1, depth: 2, kind: 'selector', place: { offset: 4, length: 1 }, series: 96, points: 17_000, samples: 71_000, selfMs: 12.8, totalMs: 12.8 }),
  node(3, 'sum', { parent: 0, depth: 1, kind: 'aggregation', text: 'sum(a)', place: { offset: 9, length: 6 }, series: 14, points: 2500, selfMs: 0, totalMs: 0, sameAs: 1 }),
  node(4, 'a', { parent: 3, depth: 2, kind: 'selector', sameAs: 2 }),
]);

describe('ExplainTree', () => {
  it('has a row a part with what came in and went out, and its time within the whole', () => {
    tree(quotient);
    const rows = within(screen.getByRole('treegrid')).getAllByRole('row').slice(1);
    expect(rows.map((row) => row.textContent?.replaceAll('\u00a0', ' '))).toEqual([
      '/operator4of 14 + 147240.2 msof 34 ms',
      'sumaggregation · computed once, used twice14of 962,50021 msof 33.8 ms',
      'aselector · computed once, used twice9617 k71 k read12.8 ms ',
      'sumaggregation · the same as above, computed once14of 12,500–',
    ]);
    expect(rows.map((row) => row.getAttribute('aria-level'))).toEqual(['1', '2', '3', '2']);
    expect(rows.map((row) => row.querySelector('[data-hottest]') !== null)).toEqual([false, true, false, false]);
  });

  it('is walked by the arrows, and points at the part that has the focus', () => {
    const { onPoint } = tree(quotient);
    const names = () => screen.getAllByRole('button').map((button) => button.tabIndex);
    expect(names()).toEqual([0, -1, -1, -1]);
    const [first] = screen.getAllByRole('button');
    first?.focus();
    fireEvent.keyDown(document.activeElement ?? document.body, { key: 'ArrowDown' });
    expect(document.activeElement).toHaveTextContent(/^sum/);
    expect(onPoint).toHaveBeenLastCalledWith({ offset: 0, length: 6 });
    expect(names()).toEqual([-1, 0, -1, -1]);
    fireEvent.keyDown(document.activeElement ?? document.body, { key: 'End' });
    expect(document.activeElement?.getAttribute('data-node')).toBe('3');
    fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Home' });
    expect(document.activeElement?.getAttribute('data-node')).toBe('0');
  });

  it('opens a part with its whole text, and asks for it alone', async () => {
    const { onOpen, onAsk } = tree(quotient, 1);
    expect(screen.getByText('sum(a)')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Ask for it alone' }));
    expect(onAsk).toHaveBeenCalledWith('sum(a)');
    await userEvent.click(screen.getByRole('button', { name: /^sum.*used twice/ }));
    expect(onOpen).toHaveBeenLastCalledWith(undefined);
    await userEvent.click(screen.getByRole('button', { name: /^a/ }));
    expect(onOpen).toHaveBeenLastCalledWith(2);
  });

  it('keeps what is opened marked while nothing else is looked at', async () => {
    const { onPoint } = tree(quotient, 1);
    await userEvent.hover(screen.getByRole('button', { name: /^a/ }));
    expect(onPoint).toHaveBeenLastCalledWith({ offset: 4, length: 1 });
    await userEvent.unhover(screen.getByRole('button', { name: /^a/ }));
    expect(onPoint).toHaveBeenLastCalledWith({ offset: 0, length: 6 });
  });

  it('says in a sentence why a part has nothing, with the way on', async () => {
    const { onAct } = tree();
    expect(screen.getByText('No series has the name uq; there is up.')).toBeInTheDocument();
    expect(screen.getByRole('row', { name: /^uq/ })).toHaveAttribute('data-state', 'empty');
    await userEvent.click(screen.getByRole('button', { name: 'up' }));
    expect(onAct).toHaveBeenCalledWith({ label: 'up', isCode: true, query: 'sum(rate(up[5m]))' });
  });

  it('has no numbers of what was not evaluated', () => {
    tree(explanation([omit(omit(node(0, 'sum', { totalMs: 0, selfMs: 0, failed: true }), 'series'), 'points')]));
    expect(screen.getByRole('row', { name: /^sum/ })).toHaveTextContent('sumfunction––0');
    expect(screen.getByRole('row', { name: /^sum/ })).toHaveAttribute('data-state', 'failed');
  });

  it('shows the first of very many parts, and all when asked', async () => {
    tree(explanation(Array.from({ length: 230 }, (_, id) => node(id, `n${id}`, { ...(id === 0 ? {} : { parent: 0, depth: 1 }) })), { isCut: true }));
    expect(screen.getAllByRole('row')).toHaveLength(201);
    expect(screen.getByText(/has more parts than are explained/)).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Show all' }));
    expect(screen.getAllByRole('row')).toHaveLength(231);
  });
});
