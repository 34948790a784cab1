export interface TooltipEntry {
  readonly key: string;
  readonly name: string;
  readonly color: string;
  readonly value: number;
  readonly text: string;
}

export interface TooltipRows {
  readonly rows: readonly TooltipEntry[];
  /** Key of the series nearest to the pointer. */
  readonly nearest?: string;
  /** How many are not among the rows. */
  readonly more: number;
}

export const tooltipLimit = 10;

/**
 * Sorted by value, highest first; of more than ten the ten nearest to the pointer.
 * `pointer` is the value under the pointer; NaN (the keyboard, a touch) means the highest.
 */
export function tooltipRows(entries: readonly TooltipEntry[], pointer: number, ascending = false): TooltipRows {
  const known = entries.filter((entry) => !Number.isNaN(entry.value));
  if (known.length === 0) {
    return { rows: [], more: 0 };
  }
  const near = known.slice().sort((a, b) => distance(a, pointer) - distance(b, pointer));
  const rows = near.slice(0, tooltipLimit).sort((a, b) => (ascending ? a.value - b.value : b.value - a.value));
  const nearest = near[0];
  return { rows, more: known.length - rows.length, ...(nearest === undefined ? {} : { nearest: nearest.key }) };
}

function distance(entry: TooltipEntry, pointer: number): number {
  return Number.isNaN(pointer) ? -entry.value : Math.abs(entry.value - pointer);
}

export interface Placement {
  readonly left: number;
  readonly top: number;
}

/** Beside the crosshair on its roomier side and within the window; the top edge stays where the plot begins. */
export function placeTooltip(
  crosshair: number, plotTop: number, size: { width: number; height: number }, view: { width: number; height: number },
): Placement {
  const gap = 14;
  const margin = 8;
  const left = crosshair > view.width / 2 ? crosshair - gap - size.width : crosshair + gap;
  const lowest = view.height - size.height - margin;
  return {
    left: Math.round(Math.max(margin, Math.min(left, view.width - size.width - margin))),
    top: Math.round(Math.max(margin, Math.min(plotTop, lowest))),
  };
}
