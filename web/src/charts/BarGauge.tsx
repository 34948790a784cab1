import styles from './BarGauge.module.css';
import type { GaugeValue } from './Gauge';

interface BarGaugeProps {
  readonly title: string;
  readonly values: readonly GaugeValue[];
  readonly mode: 'basic' | 'gradient' | 'lcd';
  readonly vertical: boolean;
  readonly unfilled: boolean;
  readonly text: 'color' | 'text' | 'hidden';
}

const lcdCells = 20;

/** Values as bars between their minimum and maximum. */
export function BarGauge({ title, values, mode, vertical, unfilled, text }: BarGaugeProps) {
  return (
    <div className={styles.bars} data-vertical={vertical} role="group" aria-label={title}>
      {values.map((value) => (
        <div key={value.key} className={styles.bar} role="img" aria-label={`${value.name}, ${value.text}`}>
          <span className={styles.name} title={value.name}>{value.name}</span>
          <span className={styles.track} style={unfilled ? {} : { background: 'transparent' }}>
            {mode === 'lcd' ? <Cells value={value} /> : <Fill value={value} mode={mode} vertical={vertical} />}
          </span>
          {text !== 'hidden' && <span className={styles.value} style={text === 'color' ? { color: value.textColor } : {}}>{value.text}</span>}
        </div>
      ))}
    </div>
  );
}

function Fill({ value, mode, vertical }: { readonly value: GaugeValue; readonly mode: 'basic' | 'gradient'; readonly vertical: boolean }) {
  const length = `${clamp(value.share) * 100}%`;
  const background = mode === 'basic' ? value.color : gradient(value, vertical);
  return <span className={styles.fill} style={{ background, ...(vertical ? { height: length } : { width: length }) }} />;
}

function Cells({ value }: { readonly value: GaugeValue }) {
  const share = clamp(value.share);
  return (
    <span className={styles.cells}>
      {Array.from({ length: lcdCells }, (_, i) => {
        const at = (i + 0.5) / lcdCells;
        return <span key={i} style={{ background: stepAt(value, at), opacity: at <= share ? 1 : 0.16 }} />;
      })}
    </span>
  );
}

/** From the first colour to that of the value, each at its own place of the whole bar. */
function gradient(value: GaugeValue, vertical: boolean): string {
  const share = clamp(value.share);
  const stops = value.steps.filter((step) => step.share < share).map((step) => `${step.color} ${(share === 0 ? 0 : clamp(step.share) / share) * 100}%`);
  return stops.length === 0 ? value.color : `linear-gradient(to ${vertical ? 'top' : 'right'}, ${[...stops, `${value.color} 100%`].join(', ')})`;
}

function stepAt(value: GaugeValue, share: number): string {
  return value.steps.findLast((step) => step.share <= share)?.color ?? value.color;
}

function clamp(share: number): number {
  return Number.isNaN(share) ? 0 : Math.max(0, Math.min(1, share));
}
