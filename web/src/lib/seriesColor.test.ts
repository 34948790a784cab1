import { SeriesColors, stateToken, styleOfSlot } from './seriesColor';

it('names of the first load take slots in alphabetical order', () => {
  const colors = new SeriesColors();
  colors.register(['/c', '/a', '/b', '/a']);
  expect(['/a', '/b', '/c'].map((name) => colors.styleOf(name).token)).toEqual(['--ph-s1', '--ph-s2', '--ph-s3']);
});

it('a name keeps its colour when others come, go or are sorted', () => {
  const colors = new SeriesColors();
  colors.register(['/m', '/z']);
  const before = colors.styleOf('/z');
  colors.register(['/a', '/z']);
  expect(colors.styleOf('/z')).toEqual(before);
  expect(colors.styleOf('/a').token).toBe('--ph-s3');
});

it('a name that nobody registered takes the next slot', () => {
  const colors = new SeriesColors();
  colors.register(['/a']);
  expect(colors.styleOf('/new').token).toBe('--ph-s2');
});

it('when the page has used eight colours, panels that share no name share colours instead of dashing', () => {
  const colors = new SeriesColors();
  const first = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  colors.registerPanels([first, ['x', 'y'], ['a', 'z']]);
  expect(first.map((name) => colors.styleOf(name).token)).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((slot) => `--ph-s${slot}`));
  expect(['x', 'y', 'z'].map((name) => colors.styleOf(name))).toEqual([styleOfSlot(0), styleOfSlot(1), styleOfSlot(1)]);
});

it('the ninth of one panel is dashed', () => {
  const colors = new SeriesColors();
  colors.register(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']);
  expect(colors.styleOf('i')).toEqual(styleOfSlot(8));
});

it('twenty-four can be told apart: eight colours, then dashed, then dotted', () => {
  const styles = Array.from({ length: 24 }, (_, slot) => styleOfSlot(slot));
  expect(new Set(styles.map((style) => `${style.token} ${style.dash.join()}`)).size).toBe(24);
  expect(styleOfSlot(8)).toEqual({ token: '--ph-s1', dash: [6, 3] });
  expect(styleOfSlot(16)).toEqual({ token: '--ph-s1', dash: [2, 3] });
  expect(styleOfSlot(24)).toEqual(styleOfSlot(0));
});

it('values that mean a state take its colour', () => {
  expect(stateToken('status', '503')).toBe('--ph-fire-solid');
  expect(stateToken('code', '4xx')).toBe('--ph-pend-solid');
  expect(stateToken('status_code', '200')).toBe('--ph-border-2');
  expect(stateToken('level', 'ERROR')).toBe('--ph-fire-solid');
  expect(stateToken('status', 'ready')).toBeUndefined();
  expect(stateToken('path', '503')).toBeUndefined();
});
