import { ringPath } from './arc';
import styles from './Gauge.module.css';

export interface GaugeValue {
  readonly key: string;
  readonly name: string;
  readonly text: string;
  /** 0 – 1 of the way from minimum to maximum; NaN: no value. */
  readonly share: number;
  readonly color: string;
  readonly textColor: string;
  /** Under the figure: the maximum in words. */
  readonly meaning?: string;
  /** Where the colours change, 0 – 1, ascending. */
  readonly steps: readonly { readonly share: number; readonly color: string }[];
}

interface GaugeProps {
  readonly title: string;
  readonly values: readonly GaugeValue[];
  readonly names: boolean;
  readonly markers: boolean;
}

const start = -0.25;
const sweep = 0.5;

/** How much of a true maximum is used. */
export function Gauge({ title, values, names, markers }: GaugeProps) {
  return (
    <div className={styles.gauges} role="group" aria-label={title}>
      {values.map((value) => (
        <div key={value.key} className={styles.gauge} role="img" aria-label={[value.name, value.text, value.meaning].filter(Boolean).join(', ')}>
          <svg viewBox="0 0 120 66" aria-hidden>
            <path d={ringPath(60, 60, 50, 40, start, start + sweep)} fill="var(--ph-sunken)" />
            <path d={ringPath(60, 60, 50, 40, start, start + sweep * clamp(value.share))} fill={value.color} />
            {markers && value.steps.map((step, i) => (
              <path
                key={step.share} fill={step.color}
                d={ringPath(60, 60, 54.5, 52, start + sweep * clamp(step.share), start + sweep * clamp(value.steps[i + 1]?.share ?? 1))}
              />
            ))}
            <text x={60} y={58} textAnchor="middle" className={styles.figure} style={{ fontSize: figureSize(value.text) }} fill={value.textColor}>{value.text}</text>
          </svg>
          {(names || value.meaning !== undefined) && <div className={styles.words}>{[names ? value.name : '', value.meaning ?? ''].filter(Boolean).join(' · ')}</div>}
        </div>
      ))}
    </div>
  );
}

function figureSize(text: string): number {
  return text.length <= 6 ? 19 : text.length <= 9 ? 15 : 11;
}

function clamp(share: number): number {
  return Number.isNaN(share) ? 0 : Math.max(0, Math.min(1, share));
}
