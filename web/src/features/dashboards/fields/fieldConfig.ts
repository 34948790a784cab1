import { omit } from '../../../lib/omit';
import { flagOf, type Json, listOf, numberOf, objectOf, oneOf, optional, textOf } from '../../../lib/readUnknown';

/** Grafana's field options as a strict model; what a file has beyond it is dropped here and reported by the server. */

export interface ThresholdStep {
  /** Minus infinity for the first. */
  readonly value: number;
  readonly color: string;
}

export interface Thresholds {
  readonly mode: 'absolute' | 'percentage';
  /** Ascending, never empty. */
  readonly steps: readonly ThresholdStep[];
}

export interface MappingResult {
  readonly text?: string;
  readonly color?: string;
}

export type Mapping =
  | { readonly type: 'value'; readonly results: ReadonlyMap<string, MappingResult> }
  | { readonly type: 'range'; readonly from: number; readonly to: number; readonly result: MappingResult }
  | { readonly type: 'regex'; readonly pattern: RegExp; readonly result: MappingResult }
  | { readonly type: 'special'; readonly match: 'null' | 'nan' | 'null+nan' | 'true' | 'false' | 'empty'; readonly result: MappingResult };

export interface DataLink {
  readonly title: string;
  readonly url: string;
}

export interface FieldColor {
  readonly mode: string;
  readonly fixedColor?: string;
  readonly seriesBy?: 'last' | 'min' | 'max';
}

export interface FieldConfig {
  readonly unit?: string;
  readonly decimals?: number;
  readonly min?: number;
  readonly max?: number;
  readonly displayName?: string;
  readonly noValue?: string;
  readonly color?: FieldColor;
  readonly thresholds?: Thresholds;
  readonly mappings?: readonly Mapping[];
  readonly links?: readonly DataLink[];
  /** Of the kind of panel; read by that panel. */
  readonly custom: Json;
}

export interface Override {
  readonly matcher: { readonly id: string; readonly options: unknown };
  readonly properties: readonly { readonly id: string; readonly value: unknown }[];
}

export interface FieldConfigSource {
  readonly defaults: FieldConfig;
  readonly overrides: readonly Override[];
}

export const emptyConfig: FieldConfig = { custom: {} };

export function readFieldConfig(value: unknown): FieldConfigSource {
  const source = objectOf(value);
  const overrides = listOf(source['overrides']).map((item): Override => {
    const { matcher, properties } = objectOf(item);
    return {
      matcher: { id: textOf(objectOf(matcher)['id']) ?? '', options: objectOf(matcher)['options'] },
      properties: listOf(properties).map((property) => ({ id: textOf(objectOf(property)['id']) ?? '', value: objectOf(property)['value'] })),
    };
  });
  return { defaults: readConfig(objectOf(source['defaults'])), overrides };
}

function readConfig(source: Json): FieldConfig {
  return Object.keys(source).reduce((config, id) => (id === 'custom' ? config : withProperty(config, id, source[id])), { custom: objectOf(source['custom']) } as FieldConfig);
}

/** A field's options with one of them set, as an override does; `custom.x` is the panel's own. */
export function withProperty(config: FieldConfig, id: string, value: unknown): FieldConfig {
  if (id.startsWith('custom.')) {
    return { ...config, custom: nested(config.custom, id.slice('custom.'.length).split('.'), value) };
  }
  switch (id) {
    case 'unit': return replaced(config, 'unit', textOf(value));
    case 'decimals': return replaced(config, 'decimals', bounded(numberOf(value)));
    case 'min': return replaced(config, 'min', numberOf(value));
    case 'max': return replaced(config, 'max', numberOf(value));
    case 'displayName': return replaced(config, 'displayName', textOf(value));
    case 'noValue': return replaced(config, 'noValue', textOf(value));
    case 'color': return replaced(config, 'color', readColor(objectOf(value)));
    case 'thresholds': return replaced(config, 'thresholds', readThresholds(objectOf(value)));
    case 'mappings': return replaced(config, 'mappings', listOf(value).flatMap((item) => readMapping(objectOf(item)) ?? []));
    case 'links': return replaced(config, 'links', listOf(value).flatMap((item) => readLink(objectOf(item)) ?? []));
    default: return config;
  }
}

/** An override can also take away: a minimum of `null` is none. */
function replaced<K extends keyof FieldConfig>(config: FieldConfig, key: K, value: FieldConfig[K] | undefined): FieldConfig {
  return { ...omit(config, key), ...optional(key, value) } as FieldConfig;
}

function nested(source: Json, path: readonly string[], value: unknown): Json {
  const [first = '', ...rest] = path;
  return { ...source, [first]: rest.length === 0 ? value : nested(objectOf(source[first]), rest, value) };
}

function bounded(decimals: number | undefined): number | undefined {
  return decimals === undefined ? undefined : Math.max(0, Math.min(15, Math.round(decimals)));
}

function readColor(source: Json): FieldColor | undefined {
  const mode = textOf(source['mode']);
  return mode === undefined ? undefined : {
    mode, ...optional('fixedColor', textOf(source['fixedColor'])), ...optional('seriesBy', oneOf(source['seriesBy'], ['last', 'min', 'max'])),
  };
}

function readThresholds(source: Json): Thresholds | undefined {
  const steps = listOf(source['steps'])
    .map((item, i) => ({ value: numberOf(objectOf(item)['value']) ?? (i === 0 ? -Infinity : Number.NaN), color: textOf(objectOf(item)['color']) ?? 'green' }))
    .filter((step) => !Number.isNaN(step.value))
    .sort((a, b) => a.value - b.value);
  return steps.length === 0 ? undefined : { mode: oneOf(source['mode'], ['absolute', 'percentage']) ?? 'absolute', steps };
}

function readMapping(source: Json): Mapping | undefined {
  const options = objectOf(source['options']);
  const result = readResult(objectOf(options['result']));
  switch (source['type']) {
    case 'value':
      return { type: 'value', results: new Map(Object.entries(options).map(([value, item]) => [value, readResult(objectOf(item))])) };
    case 'range':
      return { type: 'range', from: numberOf(options['from']) ?? -Infinity, to: numberOf(options['to']) ?? Infinity, result };
    case 'regex': {
      const pattern = regexOf(textOf(options['pattern']) ?? '');
      return pattern === undefined ? undefined : { type: 'regex', pattern, result };
    }
    case 'special': {
      const match = oneOf(options['match'], ['null', 'nan', 'null+nan', 'true', 'false', 'empty']);
      return match === undefined ? undefined : { type: 'special', match, result };
    }
    default:
      return undefined;
  }
}

function readResult(source: Json): MappingResult {
  return { ...optional('text', textOf(source['text'])), ...optional('color', textOf(source['color'])) };
}

function readLink(source: Json): DataLink | undefined {
  const url = textOf(source['url']);
  return url === undefined || url === '' || flagOf(source['hidden']) ? undefined : { title: textOf(source['title']) ?? '', url };
}

const longestPattern = 500;

/** `/pattern/flags` or a pattern alone; undefined for one that is not valid or too long. */
export function regexOf(text: string): RegExp | undefined {
  if (text === '' || text.length > longestPattern) {
    return undefined;
  }
  const written = /^\/(.*)\/([a-z]*)$/s.exec(text);
  try {
    return new RegExp(written?.[1] ?? text, (written?.[2] ?? '').replace(/[^imsu]/g, ''));
  } catch {
    return undefined;
  }
}
