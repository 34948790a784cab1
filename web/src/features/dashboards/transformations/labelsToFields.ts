import { omit } from '../../../lib/omit';
import { type Json, textOf, textsOf } from '../../../lib/readUnknown';
import { type Field, type Frame, textField } from '../frames/frame';
import { merge } from './merge';

/** Labels of series become columns, and the series one table; or, as rows, a table of the labels alone. */
export function labelsToFields(frames: readonly Frame[], options: Json): Frame[] {
  const kept = textsOf(options['keepLabels']);
  const isKept = (label: string): boolean => kept.length === 0 || kept.includes(label);
  if (textOf(options['mode']) === 'rows') {
    return frames.flatMap((frame) => frame.fields.filter((field) => field.kind === 'number').map((field) => {
      const pairs = Object.entries(field.labels).filter(([label]) => isKept(label));
      return { refId: frame.refId, ...(frame.name === undefined ? {} : { name: frame.name }), fields: [textField('label', pairs.map(([label]) => label)), textField('value', pairs.map(([, value]) => value))], length: pairs.length };
    }));
  }
  const valueLabel = textOf(options['valueLabel']);
  return merge(frames.map((frame) => {
    const labels: Field[] = [];
    const seen = new Set<string>();
    const fields = frame.fields.map((field) => {
      for (const [label, value] of Object.entries(field.labels)) {
        if (isKept(label) && label !== valueLabel && !seen.has(label)) {
          seen.add(label);
          labels.push(textField(label, new Array<string>(frame.length).fill(value)));
        }
      }
      const name = valueLabel === undefined ? undefined : field.labels[valueLabel];
      return { ...omit(field, 'seriesName'), labels: {}, name: name ?? field.labels['__name__'] ?? field.name };
    });
    const times = fields.filter((field) => field.kind === 'time');
    const values = fields.filter((field) => field.kind !== 'time');
    return { refId: frame.refId, fields: [...times, ...labels, ...values], length: frame.length };
  }));
}
