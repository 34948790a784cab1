/** Where something is wrong: lines and columns begin at 1, offsets at 0. */
export interface ErrorPlace {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly offset?: number;
  readonly length?: number;
}

/** As editors write it: prometheus.yml:41:3; without a file "line 1, column 21". */
export function describePlace(place: ErrorPlace | undefined): string | undefined {
  if (place?.file !== undefined) {
    return [place.file, place.line, place.line === undefined ? undefined : place.column].filter((part) => part !== undefined).join(':');
  }

  if (place?.line === undefined) {
    return undefined;
  }

  return place.column === undefined ? `line ${place.line}` : `line ${place.line}, column ${place.column}`;
}
