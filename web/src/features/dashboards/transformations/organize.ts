import { omit } from '../../../lib/omit';
import { flagOf, type Json, numberOf, objectOf, textOf } from '../../../lib/readUnknown';
import { displayNameOf } from '../fields/displayName';
import type { Field, Frame } from '../frames/frame';

/** Leaves fields out, puts them in order, and renames them, all by their name. */
export function organize(frames: readonly Frame[], options: Json): Frame[] {
  const excluded = objectOf(options['excludeByName']);
  const included = objectOf(options['includeByName']);
  const order = objectOf(options['indexByName']);
  const names = objectOf(options['renameByName']);
  const onlyIncluded = Object.values(included).some(flagOf);
  return frames.map((frame) => {
    const named = frame.fields.map((field, i) => ({ field, i, name: displayNameOf(frame, field) }));
    const kept = named.filter(({ field, name }) => (onlyIncluded ? hasFlag(included, field, name) : !hasFlag(excluded, field, name)));
    kept.sort((a, b) => place(order, a) - place(order, b) || a.i - b.i);
    return { ...frame, fields: kept.map(({ field, name }) => renamed(field, textOf(names[name]) ?? textOf(names[field.name]))) };
  });
}

function hasFlag(flags: Json, field: Field, name: string): boolean {
  return flagOf(flags[name]) || flagOf(flags[field.name]);
}

function place(order: Json, { field, name, i }: { field: Field; name: string; i: number }): number {
  return numberOf(order[name]) ?? numberOf(order[field.name]) ?? i;
}

/** The new name stands for the field everywhere: in heads, overrides and later transformations. */
export function renamed(field: Field, name: string | undefined): Field {
  if (name === undefined || name === '') {
    return field;
  }
  return { ...omit(field, 'seriesName'), name };
}
