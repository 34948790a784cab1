/** Angles are turns, clockwise, 0 at the top. */

function point(cx: number, cy: number, radius: number, turn: number): string {
  const angle = (turn - 0.25) * 2 * Math.PI;
  return `${round(cx + radius * Math.cos(angle))} ${round(cy + radius * Math.sin(angle))}`;
}

/** A ring's piece between two turns; a whole ring is drawn as two halves, since an arc cannot end where it began. */
export function ringPath(cx: number, cy: number, outer: number, inner: number, from: number, to: number): string {
  if (to <= from) {
    return '';
  }
  if (to - from >= 0.9999) {
    return ringPath(cx, cy, outer, inner, from, from + 0.5) + ringPath(cx, cy, outer, inner, from + 0.5, from + 0.9998);
  }
  const large = to - from > 0.5 ? 1 : 0;
  const edge = `M${point(cx, cy, outer, from)}A${outer} ${outer} 0 ${large} 1 ${point(cx, cy, outer, to)}`;
  return inner <= 0
    ? `${edge}L${cx} ${cy}Z`
    : `${edge}L${point(cx, cy, inner, to)}A${inner} ${inner} 0 ${large} 0 ${point(cx, cy, inner, from)}Z`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
