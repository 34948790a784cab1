import type { CSSProperties } from 'react';
import type { ValueParts } from '../lib/formatValue';
import { onSurface } from './colors';
import { Spark } from './Spark';
import styles from './Stat.module.css';

export interface StatValue {
  readonly key: string;
  readonly name: string;
  readonly parts: ValueParts;
  /** The exact value, on hover. */
  readonly exact?: string;
  /** The colour of the state it is in, for fills and lines. */
  readonly color: string;
  /** The same, readable as text. */
  readonly textColor: string;
  /** One line of what the value means. */
  readonly meaning?: string;
  readonly spark?: Float64Array;
  readonly limit?: number;
}

interface StatProps {
  readonly title: string;
  readonly values: readonly StatValue[];
  readonly colorMode: 'none' | 'value' | 'background';
  readonly textMode: 'auto' | 'value' | 'name' | 'value_and_name' | 'none';
  readonly orientation: 'auto' | 'horizontal' | 'vertical';
  readonly centred?: boolean;
}

/** One figure, or several side by side, each with its unit, its meaning and the line of its range. */
export function Stat({ title, values, colorMode, textMode, orientation, centred = false }: StatProps) {
  return (
    <div className={styles.stats} data-vertical={orientation === 'horizontal'} data-centred={centred} role="group" aria-label={title}>
      {values.map((value) => <OneStat key={value.key} value={value} colorMode={colorMode} names={showsName(textMode, values.length)} textMode={textMode} />)}
    </div>
  );
}

function showsName(textMode: StatProps['textMode'], count: number): boolean {
  return textMode === 'name' || textMode === 'value_and_name' || textMode === 'auto' && count > 1;
}

interface OneStatProps extends Pick<StatProps, 'colorMode' | 'textMode'> {
  readonly value: StatValue;
  readonly names: boolean;
}

function OneStat({ value, colorMode, textMode, names }: OneStatProps) {
  const { prefix, number, glue, suffix } = value.parts;
  const figure: CSSProperties = colorMode === 'value' ? { color: value.textColor } : {};
  const box: CSSProperties = colorMode === 'background' ? { background: onSurface(value.color, 0.24) } : {};
  return (
    <div className={styles.stat} data-mode={colorMode} style={box}>
      <div className={styles.inside}>
        <div className={styles.words}>
          {names && textMode !== 'name' && <div className={styles.name} title={value.name}>{value.name}</div>}
          {textMode === 'name' && <div className={styles.figure} data-small style={figure}>{value.name}</div>}
          {textMode !== 'name' && textMode !== 'none' && (
            <div className={styles.figure} style={figure} title={value.exact} data-small={number.length > 9}>
              {prefix}{number}
              {suffix !== '' && <span className={styles.unit}>{glue.trim() === '' ? '' : glue}{suffix}</span>}
            </div>
          )}
        </div>
        {value.spark !== undefined && (
          <div className={styles.spark}>
            <Spark values={value.spark} color={colorMode === 'none' ? 'var(--ph-s1)' : value.color} width={140} height={36} wide {...(value.limit === undefined ? {} : { limit: value.limit })} />
          </div>
        )}
        {value.meaning !== undefined && <div className={styles.meaning}>{value.meaning}</div>}
      </div>
    </div>
  );
}
