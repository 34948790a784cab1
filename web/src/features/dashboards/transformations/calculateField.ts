import { flagOf, type Json, objectOf, textOf, textsOf } from '../../../lib/readUnknown';
import { displayNameOf } from '../fields/displayName';
import { reduceCells, reducerTitle } from '../fields/reducers';
import { cellOf, type CellValue, type Field, fieldOfCells, type Frame } from '../frames/frame';

/** Adds a column: two operands, or all numbers of a row taken together. */
export function calculateField(frames: readonly Frame[], options: Json): Frame[] {
  const isBinary = textOf(options['mode']) === 'binary';
  return frames.map((frame) => {
    const added = isBinary ? binary(frame, objectOf(options['binary']), textOf(options['alias'])) : ofRow(frame, objectOf(options['reduce']), textOf(options['alias']));
    if (added === undefined) {
      return frame;
    }
    const kept = flagOf(options['replaceFields']) ? frame.fields.filter((field) => field.kind === 'time') : frame.fields;
    return { ...frame, fields: [...kept, added] };
  });
}

type Operand = (row: number) => CellValue;

/** An operand is a field's name or a number; newer files write `{matcher: {options}}` or `{fixed}`. */
function operandOf(frame: Frame, value: unknown): Operand | undefined {
  const { matcher, fixed } = objectOf(value);
  const name = textOf(value) ?? textOf(objectOf(matcher)['options']) ?? textOf(fixed) ?? '';
  const field = frame.fields.find((candidate) => displayNameOf(frame, candidate) === name || candidate.name === name);
  if (field !== undefined) {
    return (row) => cellOf(field, row);
  }
  const number = Number(name);
  return name.trim() === '' || Number.isNaN(number) ? undefined : () => number;
}

function binary(frame: Frame, options: Json, alias: string | undefined): Field | undefined {
  const left = operandOf(frame, options['left']);
  const right = operandOf(frame, options['right']);
  const operator = textOf(options['operator']) ?? '+';
  if (left === undefined || right === undefined) {
    return undefined;
  }
  const cells = Array.from({ length: frame.length }, (_, row) => calculated(left(row), operator, right(row)));
  return fieldOfCells(named(alias, `${nameOf(options['left'])} ${operator} ${nameOf(options['right'])}`), cells);
}

function nameOf(value: unknown): string {
  const { matcher, fixed } = objectOf(value);
  return textOf(value) ?? textOf(objectOf(matcher)['options']) ?? textOf(fixed) ?? '';
}

function calculated(a: CellValue, operator: string, b: CellValue): CellValue {
  if (typeof a !== 'number' || typeof b !== 'number') {
    return null;
  }
  switch (operator) {
    case '+': return a + b;
    case '-': return a - b;
    case '*': return a * b;
    case '/': return a / b;
    case '^':
    case '**': return a ** b;
    case '%': return a % b;
    default: return null;
  }
}

function ofRow(frame: Frame, options: Json, alias: string | undefined): Field | undefined {
  const included = textsOf(options['include']);
  const reducer = textOf(options['reducer']) ?? 'sum';
  const fields = frame.fields.filter((field) => field.kind === 'number'
    && (included.length === 0 || included.includes(displayNameOf(frame, field)) || included.includes(field.name)));
  if (fields.length === 0) {
    return undefined;
  }
  const cells = Array.from({ length: frame.length }, (_, row) => reduceCells(fields.map((field) => cellOf(field, row)), reducer));
  return fieldOfCells(named(alias, reducerTitle(reducer)), cells);
}

function named(alias: string | undefined, otherwise: string): string {
  return alias === undefined || alias === '' ? otherwise : alias;
}
