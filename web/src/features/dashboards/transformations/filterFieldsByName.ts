import { type Json, objectOf, textOf, textsOf } from '../../../lib/readUnknown';
import { displayNameOf } from '../fields/displayName';
import { regexOf } from '../fields/fieldConfig';
import type { Field, Frame } from '../frames/frame';

type Test = (frame: Frame, field: Field) => boolean;

/** Keeps the fields that are named, or match the pattern; then drops those that are named to be dropped. */
export function filterFieldsByName(frames: readonly Frame[], options: Json): Frame[] {
  const include = testOf(objectOf(options['include']));
  const exclude = testOf(objectOf(options['exclude']));
  return frames
    .map((frame) => ({
      ...frame, fields: frame.fields.filter((field) => (include === undefined || include(frame, field)) && !(exclude?.(frame, field) ?? false)),
    }))
    .filter((frame) => frame.fields.length > 0);
}

function testOf(options: Json): Test | undefined {
  const names = textsOf(options['names']);
  const pattern = regexOf(textOf(options['pattern']) ?? '');
  if (names.length === 0 && pattern === undefined) {
    return undefined;
  }
  return (frame, field) => {
    const name = displayNameOf(frame, field);
    return names.includes(name) || names.includes(field.name) || pattern?.test(name) === true;
  };
}
