import { isSafeLink } from '../../../charts/safeLink';
import { cellOf, type CellValue, type Field, type Frame } from '../frames/frame';
import { displayNameOf, fillTemplate, plainName } from './displayName';
import type { DataLink } from './fieldConfig';

export interface LinkContext {
  readonly from: number;
  readonly to: number;
  /** `var-x=…&var-y=…` of the dashboard. */
  readonly variables: string;
}

/** The address of a data link for one value; undefined when it leads nowhere that is allowed. */
export function linkAddress(link: DataLink, frame: Frame, field: Field, row: number, context: LinkContext): string | undefined {
  const address = fillTemplate(link.url, (path) => {
    const plain = path.replace(/:(raw|percentencode|queryparam|text)$/, '');
    return linkValue(plain, frame, field, row, context);
  });
  return isSafeLink(address) ? address : undefined;
}

function linkValue(path: string, frame: Frame, field: Field, row: number, context: LinkContext): string | undefined {
  const named = /^__(data\.fields|field\.labels)(?:\.(.+)|\["?([^"\]]+)"?\]|\[(\d+)\])$/.exec(path);
  if (named !== null) {
    const name = named[2] ?? named[3] ?? '';
    return named[1] === 'field.labels' ? encoded(field.labels[name] ?? '') : encoded(fieldCell(frame, name, row));
  }
  switch (path) {
    case '__value.raw':
    case '__value.numeric':
    case '__value.text': return encoded(cellOf(field, row));
    case '__value.time': return encoded(timeOf(frame, row));
    case '__field.name': return encoded(field.name);
    case '__series.name': return encoded(plainName(frame, field));
    case '__url_time_range': return `from=${context.from}&to=${context.to}`;
    case '__all_variables': return context.variables;
    case '__from': return String(context.from);
    case '__to': return String(context.to);
    default: return undefined;
  }
}

function fieldCell(frame: Frame, name: string, row: number): CellValue {
  const byIndex = /^\d+$/.test(name) ? frame.fields[Number(name)] : undefined;
  const found = frame.fields.find((candidate) => candidate.name === name || displayNameOf(frame, candidate) === name) ?? byIndex;
  return found === undefined ? null : cellOf(found, row);
}

function timeOf(frame: Frame, row: number): CellValue {
  const time = frame.fields.find((candidate) => candidate.kind === 'time');
  return time === undefined ? null : cellOf(time, row);
}

function encoded(value: CellValue): string {
  return encodeURIComponent(value ?? '');
}
