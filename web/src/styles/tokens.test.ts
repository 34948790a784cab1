import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contrast, difference, parseHex, seenBy, type Rgb, type Vision } from './colourScience';

type Scheme = 'light' | 'dark';

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8');
const schemes: readonly Scheme[] = ['light', 'dark'];

function tokensOf(scheme: Scheme): ReadonlyMap<string, string> {
  const block = new RegExp(`scheme='${scheme}'\\] \\{([^}]*)\\}`).exec(css)?.[1] ?? '';
  return new Map([...block.matchAll(/--ph-([\w-]+): ([^;]+);/g)].map(([, name, value]) => [name ?? '', value ?? '']));
}

function colour(scheme: Scheme, name: string): Rgb {
  const value = tokensOf(scheme).get(name);
  if (value === undefined) {
    throw new Error(`tokens.css has no --ph-${name} for ${scheme}`);
  }

  return parseHex(value);
}

describe.each(schemes)('contrast of the %s tokens', (scheme) => {
  const surfaces = scheme === 'light' ? ['canvas', 'surface', 'sunken', 'hover', 'accent-tint'] : ['canvas', 'surface', 'raised', 'hover', 'accent-tint'];
  const against = (text: string, ground: string): number => contrast(colour(scheme, text), colour(scheme, ground));

  it.each(['text', 'text-2', 'text-3'])('%s can be read on every surface', (text) => {
    for (const surface of surfaces) {
      expect(against(text, surface), `${text} on ${surface}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  it.each(['accent', 'fire', 'pend', 'ok', 'mute'])('%s can be read on surface, canvas and its own tint, and its solid be told from the surface', (state) => {
    for (const ground of ['surface', 'canvas', `${state}-tint`]) {
      expect(against(state, ground), `${state} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }

    expect(against(`${state}-solid`, 'surface')).toBeGreaterThanOrEqual(3);
  });

  it.each([
    ['on-accent', 'accent-solid', 4.5],
    ['on-fire', 'fire-solid', 4.5],
    ['focus', 'surface', 3],
    ['border-input', 'surface', 3],
    ['text', 'mark', 4.5],
    ['k-fn', 'surface', 4.5],
    ['k-kw', 'surface', 4.5],
    ['k-str', 'surface', 4.5],
    ['k-num', 'surface', 4.5],
    ['k-label', 'surface', 4.5],
    ['k-op', 'surface', 4.5],
  ])('%s on %s reaches %d', (text, ground, limit) => {
    expect(against(text, ground)).toBeGreaterThanOrEqual(limit);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('series colour %d can be told from the surface', (index) => {
    expect(against(`s${index}`, 'surface')).toBeGreaterThanOrEqual(3);
  });

  it('is what the design computed', () => {
    expect(against('text', 'canvas')).toBeCloseTo(scheme === 'light' ? 15.6 : 15.7, 1);
    expect(against('on-accent', 'accent-solid')).toBeCloseTo(scheme === 'light' ? 6.5 : 5.0, 1);
  });
});

describe.each(schemes)('series colours of the %s theme', (scheme) => {
  const visions: readonly Vision[] = ['normal', 'protan', 'deutan', 'tritan'];
  const series = [1, 2, 3, 4, 5, 6, 7, 8].map((index) => colour(scheme, `s${index}`));

  function smallest(colours: readonly Rgb[], vision: Vision): number {
    const seen = colours.map((one) => seenBy(one, vision));
    return Math.min(...seen.flatMap((left, index) => seen.slice(index + 1).map((right) => difference(left, right))));
  }

  it.each(visions)('can be told apart by %s eyes', (vision) => {
    expect(smallest(series, vision)).toBeGreaterThanOrEqual(10);
    expect(smallest(series.slice(0, 6), vision)).toBeGreaterThanOrEqual(11);
  });

  it('are as far apart as the design computed', () => {
    expect(smallest(series, 'normal')).toBeCloseTo(scheme === 'light' ? 19.1 : 19.2, 1);
    expect(smallest(series, 'deutan')).toBeCloseTo(scheme === 'light' ? 13.8 : 14.2, 1);
    expect(smallest(series, 'tritan')).toBeCloseTo(scheme === 'light' ? 13.5 : 11.3, 1);
  });

  it('keep away from red, which means firing', () => {
    const fire = colour(scheme, 'fire-solid');
    expect(Math.min(...series.map((one) => difference(one, fire)))).toBeGreaterThanOrEqual(19);
  });
});

it('both themes define the same tokens', () => {
  expect([...tokensOf('dark').keys()].sort()).toEqual([...tokensOf('light').keys()].sort());
});
