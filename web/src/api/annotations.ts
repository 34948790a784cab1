import { requestJson } from './http';

export interface AnnotationBand {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly state: 'pending' | 'firing';
  readonly from: number;
  readonly to: number;
  /** Names of the metrics that the rule reads; it belongs to the panels that read one of them. */
  readonly metrics: readonly string[];
}

export interface Annotations {
  readonly bands: readonly AnnotationBand[];
  readonly marks: readonly { readonly time: number; readonly kind: string; readonly text: string }[];
  readonly asOf: number;
}

export function readAnnotations(from: number, to: number, signal?: AbortSignal): Promise<Annotations> {
  return requestJson(`/api/pharos/v1/annotations?from=${from}&to=${to}`, { signal });
}
