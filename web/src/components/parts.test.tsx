import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { draw } from '../testing/render';
import { ConfirmButton } from './ConfirmButton';
import { EmptyState } from './EmptyState';
import { ErrorNotice } from './ErrorNotice';
import { LabelChip } from './LabelChip';
import { OldBadge } from './OldBadge';
import { QueryMeta } from './QueryMeta';
import { Ribbon } from './Ribbon';
import { RowTable } from './RowTable';
import { SplitView } from './SplitView';
import { StateBadge } from './StateBadge';
import { StateMark, type State } from './StateMark';

it.each<[State, string]>([
  ['firing', 'square'],
  ['down', 'square'],
  ['pending', 'ring'],
  ['up', 'disc'],
  ['silenced', 'crossed'],
  ['unknown', 'dotted'],
])('%s has a shape of its own: %s', (state, shape) => {
  draw(<StateMark state={state} label={state} />);
  expect(screen.getByRole('img', { name: state })).toHaveAttribute('data-shape', shape);
});

it('a badge has mark and word', () => {
  draw(<StateBadge state="firing">firing 9 m</StateBadge>);
  expect(screen.getByText('firing 9 m')).toHaveAttribute('data-state', 'firing');
});

it('an error says the cause in one sentence, its place and fix, and keeps the unchanged text under Details', () => {
  const error = Object.assign(new Error('rate needs a range, such as [5m].'), { cause: '1:21: parse error: expected type range vector', place: { line: 1, column: 21 }, fix: 'Add [5m].' });
  draw(<ErrorNotice error={error} />);
  const notice = screen.getByRole('alert');
  expect(notice).toHaveTextContent('rate needs a range, such as [5m]. line 1, column 21');
  expect(notice).toHaveTextContent('Add [5m].');
  expect(within(notice).getByText('1:21: parse error: expected type range vector')).not.toBeVisible();
});

it.each([[new Error('plain'), 'plain'], ['a text', 'a text'], [{}, 'Something failed without saying what.']])('an error may be anything that was thrown', (error, text) => {
  draw(<ErrorNotice error={error} />);
  expect(screen.getByRole('alert')).toHaveTextContent(text);
});

it('an empty view says what would be here, the next action, and the way by files', () => {
  draw(
    <EmptyState title="Nothing to look at yet" actions={<button type="button">Import</button>} hint="Or put files in dashboards/.">
      Your targets already send 3,912 series.
    </EmptyState>,
  );
  expect(screen.getByRole('heading', { name: 'Nothing to look at yet' })).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Import' })).toBeInTheDocument();
});

it('what a query cost is one line, and says when samples are left out', () => {
  draw(<QueryMeta series={1} points={240} stepMs={60_000} samples={41_206} durationMs={38} scrapeIntervalMs={15_000} />);
  expect(screen.getByText('1 series · 240 points · step 1 m · 41,206 samples read · 38 ms · 1 of 4 samples drawn')).toBeInTheDocument();
});

it('old data carries the time when it was right', () => {
  draw(<OldBadge at={Date.UTC(2026, 10, 20, 11, 19)} />);
  expect(screen.getByText('old: 11:19')).toBeInTheDocument();
});

it('a ribbon draws what was not healthy, within its range', () => {
  draw(<Ribbon from={0} to={100} label="firing for half the time" parts={[{ from: 50, to: 200, state: 'firing' }, { from: 0, to: 50, state: 'ok' }, { from: 300, to: 400, state: 'down' }]} />);
  const parts = screen.getByRole('img', { name: 'firing for half the time' }).children;
  expect(parts).toHaveLength(1);
  expect(parts[0]).toHaveStyle({ left: '50%', width: 'max(2px, 50%)' });
});

it('a label can be taken away where it is a matcher', async () => {
  const remove = vi.fn();
  draw(<LabelChip name="app" operator="=~" value="a|b" onRemove={remove} />);
  expect(screen.getByTitle('app=~"a|b"')).toBeInTheDocument();
  await userEvent.setup().click(screen.getByRole('button', { name: 'Remove app' }));
  expect(remove).toHaveBeenCalledOnce();
});

it('a table has heads with a scope and rows in their order', () => {
  draw(<RowTable label="Numbers" rows={[2, 1]} rowKey={String} columns={[{ head: 'Number', align: 'right', render: (row) => row }]} />);
  const table = screen.getByRole('table', { name: 'Numbers' });
  expect(within(table).getByRole('columnheader', { name: 'Number' })).toHaveAttribute('scope', 'col');
  expect(within(table).getAllByRole('cell').map((cell) => cell.textContent)).toEqual(['2', '1']);
});

it('what cannot be taken back is done after its effect was read', async () => {
  const user = userEvent.setup();
  const confirm = vi.fn();
  draw(
    <ConfirmButton verb="Delete oncall" effect="oncall cannot sign in again." onConfirm={confirm}>
      Delete
    </ConfirmButton>,
  );
  await user.click(screen.getByRole('button', { name: 'Delete' }));
  expect(confirm).not.toHaveBeenCalled();
  expect(await screen.findByText('oncall cannot sign in again.')).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Delete oncall' }));
  expect(confirm).toHaveBeenCalledOnce();
});

it('an opened thing stands beside its list and is named', async () => {
  const close = vi.fn();
  draw(<SplitView list="the list" opened="the opened thing" openedLabel="HighErrorRate" onClose={close} />);
  expect(screen.getByText('the list')).toBeInTheDocument();
  const opened = screen.getByRole('complementary', { name: 'HighErrorRate' });
  await userEvent.setup().click(within(opened).getByRole('button', { name: 'Back' }));
  expect(close).toHaveBeenCalledOnce();
});
