import { SeriesColors } from '../../lib/seriesColor';
import { figuresOf, linesOf, sortLines } from './chartSeries';
import { result, series } from './testResults';

describe('linesOf', () => {
  it('names lines as the server does, and one without labels by its query', () => {
    const lines = linesOf([result('A', [series({ path: '/a' }, [1], '/a'), series({ path: '/b' }, [2], '/b')]), result('B', [series({}, [3])])], '', new SeriesColors());
    expect(lines.map(({ chart }) => chart.name)).toEqual(['/a', '/b', 'b']);
  });

  it('tells lines of two queries apart that have one name', () => {
    const lines = linesOf([result('A', [series({ path: '/a' }, [1], '/a')]), result('B', [series({ path: '/a' }, [1], '/a')])], '', new SeriesColors());
    expect(lines.map(({ chart }) => chart.name)).toEqual(['A /a', 'B /a']);
    expect(new Set(lines.map(({ chart }) => chart.color)).size).toBe(2);
    expect(new Set(lines.map(({ chart }) => chart.key)).size).toBe(2);
  });

  it('keeps the colour of a name over refreshes', () => {
    const colors = new SeriesColors();
    const [before] = linesOf([result('A', [series({ p: 'b' }, [1], 'b')])], '', colors);
    const after = linesOf([result('A', [series({ p: 'a' }, [1], 'a'), series({ p: 'b' }, [1], 'b')])], '', colors);
    expect(after[1]?.chart.color).toBe(before?.chart.color);
  });

  it('gives values that mean a state its colour', () => {
    const lines = linesOf([result('A', [series({ status: '200' }, [1], '200'), series({ status: '500' }, [1], '500')])], '', new SeriesColors());
    expect(lines.map(({ chart }) => chart.color)).toEqual(['var(--ph-border-2)', 'var(--ph-fire-solid)']);
  });

  it('leaves out a query that failed', () => {
    expect(linesOf([result('A', [series({}, [1])], { error: { message: 'no' } })], '', new SeriesColors())).toEqual([]);
  });
});

describe('figuresOf', () => {
  it('passes over gaps', () => {
    expect(figuresOf(Float64Array.of(Number.NaN, 2, 4, Number.NaN))).toEqual({ now: 4, min: 2, mean: 3, max: 4 });
    expect(figuresOf(new Float64Array()).now).toBeNaN();
  });
});

describe('sortLines', () => {
  const rows = linesOf([result('A', [series({ n: 'b' }, [1], 'b'), series({ n: 'a' }, [Number.NaN], 'a'), series({ n: 'c' }, [3], 'c')])], '', new SeriesColors())
    .map((line) => ({ line, figures: figuresOf(line.chart.values) }));
  const names = (sorted: typeof rows | readonly (typeof rows)[number][]) => sorted.map(({ line }) => line.chart.name).join('');

  it('puts what has no value last in both directions', () => {
    expect(names(sortLines(rows, 'now', true))).toBe('cba');
    expect(names(sortLines(rows, 'now', false))).toBe('bca');
  });

  it('sorts by name', () => {
    expect(names(sortLines(rows, 'name', false))).toBe('abc');
  });
});
