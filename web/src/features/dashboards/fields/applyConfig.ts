import { numberOf, objectOf, textOf, textsOf } from '../../../lib/readUnknown';
import type { Field, Frame } from '../frames/frame';
import { displayNameOf, plainName } from './displayName';
import { type FieldConfigSource, type Override, regexOf, withProperty } from './fieldConfig';
import { reduceField } from './reducers';

type Matcher = (frame: Frame, field: Field, name: string) => boolean;

/** Gives every field its options: the defaults, then the overrides that match it, the later ones over the earlier. */
export function applyConfig(frames: readonly Frame[], source: FieldConfigSource): Frame[] {
  const overrides = source.overrides.map((override) => ({ matches: matcherOf(override.matcher), override }));
  return frames.map((frame) => ({
    ...frame,
    fields: frame.fields.map((field) => {
      const config = field.kind === 'time' ? { ...source.defaults, unit: source.defaults.unit?.startsWith('dateTime') === true ? source.defaults.unit : 'dateTimeAsIso' } : source.defaults;
      const plain = { ...field, config };
      const name = displayNameOf(frame, plain);
      const matched = overrides.filter(({ matches }) => matches(frame, plain, name));
      return matched.reduce((result, { override }) => ({ ...result, config: withOverride(result.config, override) }), plain);
    }),
  }));
}

function withOverride(config: Field['config'], override: Override): Field['config'] {
  return override.properties.reduce((result, { id, value }) => withProperty(result, id, value), config);
}

function matcherOf({ id, options }: Override['matcher']): Matcher {
  switch (id) {
    case 'byName': return byNames([textOf(options) ?? '']);
    case 'byNames': {
      const { names, mode } = objectOf(options);
      const within = byNames(textsOf(names));
      return mode === 'exclude' ? (frame, field, name) => field.kind === 'number' && !within(frame, field, name) : within;
    }
    case 'byRegexp': {
      const pattern = regexOf(textOf(options) ?? '');
      return (frame, field, name) => pattern !== undefined && (pattern.test(name) || pattern.test(plainName(frame, field)));
    }
    case 'byFrameRefID': return (frame, field) => frame.refId === options && field.kind !== 'time';
    case 'byType': return (_frame, field) => field.kind === options;
    case 'byValue': return byValue(objectOf(options));
    default: return () => false;
  }
}

function byNames(names: readonly string[]): Matcher {
  return (frame, field, name) => names.includes(name) || names.includes(field.name) || names.includes(plainName(frame, field));
}

function byValue(options: Readonly<Record<string, unknown>>): Matcher {
  const reducer = textOf(options['reducer']) ?? 'lastNotNull';
  const wanted = numberOf(options['value']) ?? 0;
  return (_frame, field) => {
    if (field.kind !== 'number') {
      return false;
    }
    const value = reduceField(field, reducer);
    if (reducer === 'allIsZero' || reducer === 'allIsNull') {
      return value === 1;
    }
    return typeof value === 'number' && compare(value, textOf(options['op']) ?? 'eq', wanted);
  };
}

function compare(value: number, operator: string, wanted: number): boolean {
  switch (operator) {
    case 'eq': return value === wanted;
    case 'neq': return value !== wanted;
    case 'gt': return value > wanted;
    case 'gte': return value >= wanted;
    case 'lt': return value < wanted;
    case 'lte': return value <= wanted;
    default: return false;
  }
}
