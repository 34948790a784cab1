import type { Field, Frame, Labels } from '../frames/frame';

/** How a field is called: its author's name, the legend, its labels, its own name. */
export function displayNameOf(frame: Frame, field: Field): string {
  const own = field.config.displayName;
  return own === undefined || own === '' ? plainName(frame, field) : fillName(own, frame, field);
}

/** The name before an author renamed it, which matchers of overrides mean as well. */
export function plainName(frame: Frame, field: Field): string {
  if (field.kind === 'time' || field.name !== 'Value') {
    return field.name;
  }
  const { seriesName } = field;
  if (seriesName !== undefined && seriesName !== '') {
    return seriesName;
  }
  return Object.keys(field.labels).length > 0 ? labelsText(field.labels) : frame.name ?? field.name;
}

export function labelsText(labels: Labels): string {
  const name = labels['__name__'] ?? '';
  const pairs = Object.entries(labels).filter(([key]) => key !== '__name__').map(([key, value]) => `${key}="${value}"`);
  return pairs.length === 0 ? name : `${name}{${pairs.join(', ')}}`;
}

function fillName(template: string, frame: Frame, field: Field): string {
  return fillTemplate(template, (path) => {
    const label = /^__field\.labels(?:\.(.+)|\["?([^"\]]+)"?\])$/.exec(path);
    if (label !== null) {
      return field.labels[label[1] ?? label[2] ?? ''] ?? '';
    }
    switch (path) {
      case '__field.labels': return labelsText(field.labels);
      case '__field.name': return field.name;
      case '__field.displayName':
      case '__series.name': return plainName(frame, field);
      default: return undefined;
    }
  });
}

/** Replaces `${path}`; what has no value stays as it is written. */
export function fillTemplate(template: string, value: (path: string) => string | undefined): string {
  return template.replace(/\$\{([^}]{1,200})\}/g, (whole, path: string) => value(path) ?? whole)
    .replace(/\$(__series\.name|__field\.name)\b/g, (whole, path: string) => value(path) ?? whole);
}
