import { hasNumbers, type QueryResult, type ResultSeries } from '../../api/queryBatch';
import { type ChartSeries, lastValue, maximum, mean, plainLine } from '../../charts/seriesModel';
import { onlyDifferingLabel } from '../../lib/differingLabel';
import { formatValue } from '../../lib/formatValue';
import { type SeriesColors, stateToken } from '../../lib/seriesColor';

/** One line of the graph and of the table under it. */
export interface Line {
  readonly letter: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly chart: ChartSeries;
}

/** The results as lines: named by what tells them apart, coloured by their names. */
export function linesOf(results: readonly QueryResult[], unit: string, colors: SeriesColors): readonly Line[] {
  const good = results.filter(({ error }) => error === undefined);
  const all = good.flatMap((result) => result.series.filter(hasNumbers).map((series) => ({ result, series, name: nameOf(series, result) })));
  const names = distinct(all.map(({ name }) => name), all.map(({ result }) => result.id));
  const label = all.length > 1 ? onlyDifferingLabel(all.map(({ series }) => series.labels)) : undefined;
  colors.register(names);
  return all.map(({ result, series }, index) => {
    const name = names[index] ?? '';
    const { token, dash } = colors.styleOf(name);
    const state = label === undefined ? undefined : stateToken(label, series.labels[label] ?? '');
    return {
      letter: result.id, labels: series.labels,
      chart: {
        key: keyOf(result.id, series.labels), name, color: `var(${state ?? token})`, grid: { t0: result.t0, step: result.step, length: result.steps }, values: series.values,
        style: dash.length === 0 || state !== undefined ? plainLine : { ...plainLine, dash }, format: (value) => formatValue(value, unit),
      },
    };
  });
}

function nameOf(series: ResultSeries, result: QueryResult): string {
  return series.name === '' ? result.expr : series.name;
}

/** Names that two queries share carry the letter of theirs. */
function distinct(names: readonly string[], letters: readonly string[]): string[] {
  const owners = new Map<string, Set<string>>();
  names.forEach((name, index) => owners.set(name, (owners.get(name) ?? new Set()).add(letters[index] ?? '')));
  return names.map((name, index) => ((owners.get(name)?.size ?? 0) > 1 ? `${letters[index] ?? ''} ${name}` : name));
}

function keyOf(letter: string, labels: Readonly<Record<string, string>>): string {
  return `${letter} ${JSON.stringify(Object.entries(labels).sort(([left], [right]) => (left < right ? -1 : 1)))}`;
}

export interface LineFigures {
  readonly now: number;
  readonly min: number;
  readonly mean: number;
  readonly max: number;
}

export function figuresOf(values: Float64Array): LineFigures {
  let min = Number.NaN;
  for (const value of values) {
    if (!Number.isNaN(value) && !(value >= min)) {
      min = value;
    }
  }

  return { now: lastValue(values), min, mean: mean(values), max: maximum(values) };
}

export type FigureName = keyof LineFigures | 'name';

/** Lines in the order of a column; without a value last in both directions. */
export function sortLines<T extends { readonly line: Line; readonly figures: LineFigures }>(rows: readonly T[], by: FigureName, descending: boolean): readonly T[] {
  const sign = descending ? -1 : 1;
  return [...rows].sort((left, right) => {
    if (by === 'name') {
      return sign * left.line.chart.name.localeCompare(right.line.chart.name, 'en', { numeric: true });
    }

    const [a, b] = [left.figures[by], right.figures[by]];
    return Number.isNaN(a) || Number.isNaN(b) ? Number(Number.isNaN(a)) - Number(Number.isNaN(b)) : sign * (a - b);
  });
}
