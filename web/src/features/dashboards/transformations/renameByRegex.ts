import { type Json, textOf } from '../../../lib/readUnknown';
import { displayNameOf } from '../fields/displayName';
import { regexOf } from '../fields/fieldConfig';
import type { Frame } from '../frames/frame';
import { renamed } from './organize';

/** Renames what matches; `$1` stands for a group. */
export function renameByRegex(frames: readonly Frame[], options: Json): Frame[] {
  const pattern = regexOf(textOf(options['regex']) ?? '');
  const replacement = textOf(options['renamePattern']) ?? '';
  if (pattern === undefined) {
    return [...frames];
  }
  return frames.map((frame) => ({
    ...frame,
    fields: frame.fields.map((field) => {
      const name = displayNameOf(frame, field);
      return field.kind !== 'time' && pattern.test(name) ? renamed(field, name.replace(pattern, replacement)) : field;
    }),
  }));
}
