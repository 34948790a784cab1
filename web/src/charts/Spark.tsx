import { useMemo } from 'react';
import { sparkShape } from './sparkPath';

interface SparkProps {
  readonly values: Float64Array;
  readonly color?: string;
  readonly width: number;
  readonly height: number;
  readonly limit?: number;
  readonly min?: number;
  readonly max?: number;
  /** Stretches over its parent; `width` is then only the measure of the drawing. */
  readonly wide?: boolean;
}

/** A small line without axes: its scale is its own. What it shows is said in words beside it. */
export function Spark({ values, color = 'var(--ph-s1)', width, height, limit, min, max, wide = false }: SparkProps) {
  const shape = useMemo(() => sparkShape(values, width, height, {
    ...(limit === undefined ? {} : { limit }), ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }),
  }), [values, width, height, limit, min, max]);
  return (
    <svg
      width={wide ? '100%' : width} height={height} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio={wide ? 'none' : 'xMidYMid meet'}
      aria-hidden style={{ display: 'block', overflow: 'visible' }}
    >
      <path d={shape.area} fill={color} opacity={0.12} />
      {shape.limit !== undefined && (
        <line x1={0} x2={width} y1={shape.limit} y2={shape.limit} stroke="var(--ph-fire-solid)" strokeWidth={1} strokeDasharray="3 3" vectorEffect="non-scaling-stroke" />
      )}
      <path d={shape.line} fill="none" stroke={color} strokeWidth={1.5} strokeLinejoin="round" vectorEffect="non-scaling-stroke" />
      {shape.end !== undefined && !wide && <circle cx={shape.end.x} cy={shape.end.y} r={2.5} fill={color} />}
    </svg>
  );
}
