import type { Panel } from '../../../api/dashboards';
import type { QueryResult } from '../../../api/queryBatch';
import { onlyDifferingLabel } from '../../../lib/differingLabel';
import { grafanaColor } from '../../../lib/grafanaColor';
import { type SeriesColors, stateToken } from '../../../lib/seriesColor';
import { displayNameOf } from '../fields/displayName';
import { displayValue } from '../fields/display';
import { readFieldConfig } from '../fields/fieldConfig';
import { reduceField } from '../fields/reducers';
import type { Field, Frame } from '../frames/frame';

export interface Entry {
  readonly frame: Frame;
  readonly field: Field;
  readonly name: string;
}

/** The number columns of all frames, named as they are shown. */
export function numberEntries(frames: readonly Frame[]): Entry[] {
  return frames.flatMap((frame) => frame.fields.filter((field) => field.kind === 'number').map((field) => ({ frame, field, name: displayNameOf(frame, field) })));
}

export interface SeriesLook {
  readonly color: string;
  readonly dash?: readonly number[];
}

/**
 * The colour of each entry: the author's own, that of its threshold, that of a value that means a state, else the one that belongs to the name,
 * which is the value of the only differing label, so that a path is the same in every panel.
 */
export function looksOf(entries: readonly Entry[], colors: SeriesColors, paletteByDefault: boolean, zone: string): SeriesLook[] {
  const label = entries.length > 1 ? onlyDifferingLabel(entries.map(({ field }) => field.labels)) : undefined;
  const names = entries.map(({ field, name }) => (label === undefined ? name : field.labels[label] ?? name));
  colors.register(names);
  return entries.map(({ field }, i) => ownLook(field, paletteByDefault, zone) ?? nameLook(colors, names[i] ?? '', label));
}

function ownLook(field: Field, paletteByDefault: boolean, zone: string): SeriesLook | undefined {
  const { color } = field.config;
  const mode = color?.mode ?? (paletteByDefault ? 'palette-classic' : 'thresholds');
  if (mode.startsWith('palette')) {
    return undefined;
  }
  if ((mode === 'fixed' || mode === 'shades') && color?.fixedColor !== undefined) {
    return { color: grafanaColor(color.fixedColor) };
  }
  const by = color?.seriesBy ?? 'last';
  const shown = displayValue(field.config, reduceField(field, by === 'last' ? 'lastNotNull' : by), { zone });
  return shown.color === undefined ? undefined : { color: shown.color };
}

function nameLook(colors: SeriesColors, name: string, label: string | undefined): SeriesLook {
  const state = label === undefined ? undefined : stateToken(label, name);
  if (state !== undefined) {
    return { color: `var(${state})` };
  }
  const { token, dash } = colors.styleOf(name);
  return dash.length === 0 ? { color: `var(${token})` } : { color: `var(${token})`, dash };
}

const byName = new Set(['timeseries', 'piechart']);
/** Panels of more series show most of them without a colour: they take none from the others. */
const tellable = 24;

/** The names, panel by panel, for which panels that colour by name will want a colour, of all that came at a moment. */
export function paletteNames(panels: readonly Panel[], results: readonly QueryResult[]): string[][] {
  return panels.flatMap((panel): string[][] => {
    if (panel.type === 'row') {
      return paletteNames(panel.row?.panels ?? [], results);
    }
    const mode = readFieldConfig(panel.fieldConfig).defaults.color?.mode ?? 'palette-classic';
    if (!byName.has(panel.type) || !mode.startsWith('palette')) {
      return [];
    }
    const series = results.filter(({ id }) => id.startsWith(`${panel.key}/`)).flatMap((result) => result.series);
    if (series.length > tellable) {
      return [];
    }
    const label = series.length > 1 ? onlyDifferingLabel(series.map(({ labels }) => labels)) : undefined;
    return [series.map(({ labels, name }) => (label === undefined ? name : labels[label] ?? name))];
  });
}
