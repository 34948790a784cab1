import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ExplanationNote } from '../../api/explain';
import * as analysis from '../../promql/analysis';
import { fakeServer } from '../../testing/fakeServer';
import { draw } from '../../testing/render';
import { EmptyResult } from './EmptyResult';
import { explanation, node, nothing } from './explain/testExplanation';

function empty(answer: { readonly body: unknown; readonly status?: number }) {
  fakeServer({ 'POST /api/pharos/v1/explain': answer });
  const told = { onAct: vi.fn(), onExplain: vi.fn() };
  draw(<EmptyResult question={{ query: 'up', at: { time: 1000 } }} moment="now" analysis={analysis} {...told} />);
  return told;
}

const why = (note: ExplanationNote) => ({ body: explanation([node(0, 'up', { series: 0, notes: [note] })], { empty: { node: 0, note: 0 } }) });

describe('EmptyResult', () => {
  it('says which part lost its series and why, and where to see it', async () => {
    const { onExplain, onAct } = empty({ body: nothing });
    expect(await screen.findByRole('heading', { name: 'No metric is called uq' })).toBeInTheDocument();
    expect(screen.getByText('uq[5m]')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'up' }));
    expect(onAct).toHaveBeenCalledWith(expect.objectContaining({ query: 'sum(rate(up[5m]))' }));
    await userEvent.click(screen.getByRole('button', { name: 'Show it in the query' }));
    expect(onExplain).toHaveBeenCalled();
  });

  it.each<[ExplanationNote, string]>([
    [{ kind: 'unknownLabel', text: 'x', label: 'jb' }, 'No series has the label jb'],
    [{ kind: 'unknownValue', text: 'x', matcher: 'job="y"' }, 'Nothing matches job="y"'],
    [{ kind: 'contradiction', text: 'x' }, 'Nothing matches all conditions'],
    [{ kind: 'ended', text: 'x' }, 'The series have ended'],
    [{ kind: 'tooFewSamples', text: 'x', rangeMs: 15_000, intervalMs: 15_000 }, 'No window of 15s holds two samples: one comes every 15\u00a0s'],
    [{ kind: 'filtered', text: 'x' }, 'No value passes the comparison'],
    [{ kind: 'lostSeries', text: 'x' }, 'No series of one side has a partner on the other'],
    [{ kind: 'neverTogether', text: 'x' }, 'The two sides never have values at one time'],
    [{ kind: 'excluded', text: 'x' }, 'unless takes everything away'],
    [{ kind: 'noBuckets', text: 'x' }, 'There are no buckets to read'],
    [{ kind: 'present', text: 'x' }, 'It is there, so nothing is absent'],
    [{ kind: 'nothingAsked', text: 'x' }, 'It asks for nothing'],
    [{ kind: 'histogramsIgnored', text: 'x' }, 'These are histograms, and numbers are wanted'],
    [{ kind: 'emptied', text: 'x' }, 'No result'],
  ])('has a title for %o', async (note, title) => {
    empty(why(note));
    expect(await screen.findByRole('heading', { name: title })).toBeInTheDocument();
    expect(screen.getByText('x')).toBeInTheDocument();
  });

  it('leads to the last data', async () => {
    const { onAct } = empty(why({ kind: 'outsideRange', text: 'x', lastAt: 500 }));
    await userEvent.click(await screen.findByRole('button', { name: 'Go to last data' }));
    expect(onAct).toHaveBeenCalledWith(expect.objectContaining({ goTo: 500 }));
  });

  it('says so when nobody knows why, or when there is a result by now', async () => {
    empty({ body: explanation([node(0, 'up', { series: 0 })], { result: { type: 'vector', series: 0, points: 0 } }) });
    expect(await screen.findByText('No part of it says why.')).toBeInTheDocument();
    empty({ body: explanation([node(0, 'up')]) });
    expect(await screen.findByText('Asked again just now, it has one: run it.')).toBeInTheDocument();
  });

  it('says what failed when it cannot be explained', async () => {
    empty({ status: 503, body: { error: { message: 'Too many queries wait.' } } });
    expect(await screen.findByRole('alert')).toHaveTextContent('Too many queries wait.');
    expect(screen.getByRole('button', { name: 'Try now' })).toBeInTheDocument();
  });
});
