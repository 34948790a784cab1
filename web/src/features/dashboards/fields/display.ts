import { formatParts, formatValue, type ValueParts } from '../../../lib/formatValue';
import { grafanaColor, grafanaTextColor } from '../../../lib/grafanaColor';
import type { CellValue } from '../frames/frame';
import type { FieldConfig, Mapping, MappingResult, ThresholdStep } from './fieldConfig';

export interface DisplayValue {
  readonly parts: ValueParts;
  readonly text: string;
  /** For fills and lines; undefined where no rule gives a colour. */
  readonly color?: string;
  readonly textColor?: string;
}

export interface DisplayContext {
  readonly zone: string;
  /** No prefixes: tables. */
  readonly full?: boolean;
  /** Borders of percentages, when the field fixes none. */
  readonly min?: number;
  readonly max?: number;
}

/** What is shown for a value: its mapping, else the number in its unit; and its colour by mapping, threshold or scale. */
export function displayValue(config: FieldConfig, value: CellValue | undefined, context: DisplayContext, isNaNValue = false): DisplayValue {
  const cell = value ?? null;
  const mapped = mappingOf(config.mappings ?? [], cell, isNaNValue);
  const parts = mapped?.text !== undefined && mapped.text !== '' ? bare(mapped.text) : partsOf(config, cell, context, isNaNValue);
  const colors = mapped?.color === undefined ? colorsOf(config, cell, context) : namedColors(mapped.color);
  const text = parts.suffix === '' ? parts.prefix + parts.number : parts.prefix + parts.number + parts.glue + parts.suffix;
  return { parts, text, ...colors };
}

function partsOf(config: FieldConfig, cell: CellValue, context: DisplayContext, isNaNValue: boolean): ValueParts {
  if (cell === null) {
    return bare(isNaNValue ? 'NaN' : config.noValue ?? '–');
  }
  if (typeof cell === 'string') {
    const number = config.unit === undefined || config.unit === 'string' || cell.trim() === '' ? Number.NaN : Number(cell);
    return Number.isNaN(number) ? bare(cell) : formatParts(number, config.unit, { decimals: config.decimals, zone: context.zone });
  }
  return formatParts(cell, config.unit, { decimals: config.decimals, zone: context.zone, full: context.full });
}

function bare(number: string): ValueParts {
  return { prefix: '', number, suffix: '', glue: '' };
}

/** The value with nothing left out, for hovering and copying. */
export function exactText(value: CellValue): string {
  return typeof value === 'number' ? String(value) : value ?? '';
}

export function mappingOf(mappings: readonly Mapping[], value: CellValue, isNaNValue = false): MappingResult | undefined {
  for (const mapping of mappings) {
    const result = resultOf(mapping, value, isNaNValue);
    if (result !== undefined) {
      return result;
    }
  }
  return undefined;
}

function resultOf(mapping: Mapping, value: CellValue, isNaNValue: boolean): MappingResult | undefined {
  switch (mapping.type) {
    case 'value':
      return value === null ? mapping.results.get('null') : mapping.results.get(String(value));
    case 'range': {
      const number = typeof value === 'number' ? value : value === null || value === '' ? Number.NaN : Number(value);
      return number >= mapping.from && number <= mapping.to ? mapping.result : undefined;
    }
    case 'regex': {
      const match = value === null ? null : mapping.pattern.exec(String(value));
      if (match === null) {
        return undefined;
      }
      const { text } = mapping.result;
      return text === undefined ? mapping.result : { ...mapping.result, text: String(value).replace(mapping.pattern, text) };
    }
    case 'special':
      return isSpecial(mapping.match, value, isNaNValue) ? mapping.result : undefined;
  }
}

function isSpecial(match: string, value: CellValue, isNaNValue: boolean): boolean {
  switch (match) {
    case 'null': return value === null && !isNaNValue;
    case 'nan': return isNaNValue;
    case 'null+nan': return value === null;
    case 'empty': return value === '';
    case 'true': return value === 'true';
    case 'false': return value === 'false';
    default: return false;
  }
}

/** The step that a value is in, by the value or by its share between the borders. */
export function activeStep(config: FieldConfig, value: number, context: { min?: number; max?: number }): ThresholdStep | undefined {
  const { thresholds } = config;
  if (thresholds === undefined) {
    return undefined;
  }
  const measured = thresholds.mode === 'percentage' ? shareOf(config, value, context) * 100 : value;
  return thresholds.steps.findLast((step) => measured >= step.value) ?? thresholds.steps[0];
}

/** 0 – 1 between the field's borders, or those of the data; 0 without a width. */
export function shareOf(config: FieldConfig, value: number, context: { min?: number; max?: number }): number {
  const min = config.min ?? context.min ?? 0;
  const max = config.max ?? context.max ?? 100;
  return max > min ? Math.max(0, Math.min(1, (value - min) / (max - min))) : 0;
}

/** Thresholds as values, also when they are written in percent. */
export function absoluteSteps(config: FieldConfig, context: { min?: number; max?: number }): readonly ThresholdStep[] {
  const { thresholds } = config;
  if (thresholds?.mode !== 'percentage') {
    return thresholds?.steps ?? [];
  }
  const min = config.min ?? context.min ?? 0;
  const max = config.max ?? context.max ?? 100;
  return thresholds.steps.map((step) => ({ ...step, value: Number.isFinite(step.value) ? min + step.value / 100 * (max - min) : step.value }));
}

const scales: Readonly<Record<string, readonly string[]>> = {
  'continuous-GrYlRd': ['green', 'yellow', 'red'], 'continuous-RdYlGr': ['red', 'yellow', 'green'], 'continuous-BlYlRd': ['blue', 'yellow', 'red'],
  'continuous-YlRd': ['yellow', 'red'], 'continuous-BlPu': ['blue', 'purple'], 'continuous-YlBl': ['yellow', 'blue'],
  'continuous-blues': ['panel-bg', 'blue'], 'continuous-reds': ['panel-bg', 'red'], 'continuous-greens': ['panel-bg', 'green'], 'continuous-purples': ['panel-bg', 'purple'],
};

interface Colors {
  readonly color: string;
  readonly textColor: string;
}

function namedColors(name: string): Colors {
  return { color: grafanaColor(name), textColor: grafanaTextColor(name) };
}

/** The colour that a field's mode gives a value; palettes, which colour by name, give none. */
function colorsOf(config: FieldConfig, cell: CellValue, context: DisplayContext): Colors | undefined {
  const mode = config.color?.mode ?? 'thresholds';
  if (mode === 'fixed') {
    return config.color?.fixedColor === undefined ? undefined : namedColors(config.color.fixedColor);
  }
  if (typeof cell !== 'number') {
    return undefined;
  }
  const scale = scales[mode];
  if (scale !== undefined) {
    const color = mixed(scale, shareOf(config, cell, context));
    return { color, textColor: color };
  }
  const step = mode === 'thresholds' ? activeStep(config, cell, context) : undefined;
  return step === undefined ? undefined : namedColors(step.color);
}

/** The colour at `share` of the way through a scale. */
function mixed(scale: readonly string[], share: number): string {
  const at = share * (scale.length - 1);
  const index = Math.min(Math.floor(at), scale.length - 2);
  const [below, above] = [grafanaColor(scale[index] ?? ''), grafanaColor(scale[index + 1] ?? '')];
  return `color-mix(in srgb, ${above} ${Math.round((at - index) * 100)}%, ${below})`;
}

/** A function that shows numbers of a field, for charts that show many. */
export function formatterOf(config: FieldConfig, zone: string): (value: number) => string {
  const { mappings, unit, decimals } = config;
  if (mappings === undefined || mappings.length === 0) {
    return (value) => formatValue(value, unit, { decimals, zone });
  }
  return (value) => displayValue(config, value, { zone }).text;
}
