import type { ReactNode } from 'react';
import { numberOfWire, type AlertCardAnswer } from '../../../api/alerts';
import { formatDuration } from '../../../lib/formatDuration';
import { formatParts, formatValue } from '../../../lib/formatValue';
import { formatClock } from '../../../lib/formatTime';
import { shortFile } from '../../../lib/shortFile';
import { useZone } from '../../../state/zone';
import styles from './Arithmetic.module.css';
import { asked, instantValue, otherParts } from './evidence';
import { oneLine, operatorSign, unitOfExpr } from './units';
import type { Evidence } from './useEvidence';

interface ArithmeticProps {
  readonly card: AlertCardAnswer;
  readonly evidence: Evidence | undefined;
  /** Of the value and its limit. */
  readonly unit: string | undefined;
}

/** 9.1 /s ÷ 72.4 /s = 12.6 % > 10 % for 5 m, with what else must hold, and where the rule stands. */
export function Arithmetic({ card, evidence, unit }: ArithmeticProps) {
  const zone = useZone();
  const { alert, condition, rule } = card;
  if (condition === undefined) {
    return null;
  }

  const { operands } = condition;
  const result = evidence?.get(asked.now);
  const value = instantValue(result, alert.labels);
  const at = result === undefined ? undefined : `at ${formatClock(result.t0, zone, true)}`;
  const limit = numberOfWire(condition.limit);
  const isFiring = alert.state === 'firing';
  return (
    <div className={styles.arithmetic}>
      <div className={styles.sum}>
        {operands !== undefined && (
          <>
            <Figure value={instantValue(evidence?.get(asked.left), alert.labels)} unit={unitOfExpr(operands.left)} note={operands.left} />
            <Sign>{operatorSign(operands.operator)}</Sign>
            <Figure value={instantValue(evidence?.get(asked.right), alert.labels)} unit={unitOfExpr(operands.right)} note={operands.right} />
            <Sign>=</Sign>
          </>
        )}
        <Figure value={value} unit={unit} note={at ?? ''} tint={isFiring ? 'fire' : alert.state === 'pending' ? 'pend' : undefined} />
        <Sign>{operatorSign(condition.operator)}</Sign>
        <Figure
          value={limit ?? instantValue(evidence?.get(asked.limit), alert.labels)}
          unit={unit}
          note={rule === undefined || rule.forMs === 0 ? 'at once' : `for ${formatDuration(rule.forMs)}`}
        />
        {rule !== undefined && <code className={styles.place} title={`${rule.file}:${rule.line}`}>{shortFile(rule.file)}:{rule.line}</code>}
      </div>
      {otherParts(card).map(({ index, expr, operator }) => {
        const part = instantValue(evidence?.get(asked.part(index)), alert.labels);
        return (
          <p key={index} className={styles.part}>
            <span className={styles.word}>{operator === '' ? 'with' : operator}</span> <code>{oneLine(expr)}</code>{' '}
            <span>{part === undefined ? 'has no value now' : `is ${formatValue(part, unitOfExpr(expr))}`}</span>
          </p>
        );
      })}
    </div>
  );
}

interface FigureProps {
  readonly value: number | undefined;
  readonly unit: string | undefined;
  readonly note: string;
  readonly tint?: 'fire' | 'pend' | undefined;
}

function Figure({ value, unit, note, tint }: FigureProps) {
  const { prefix, number, suffix } = formatParts(value, unit);
  return (
    <span className={styles.figure} data-tint={tint}>
      <span className={styles.value}>
        {prefix}
        {number}
        {suffix !== '' && <span className={suffix === '%' ? undefined : styles.unit}> {suffix}</span>}
      </span>
      <span className={styles.note} title={note}>{oneLine(note)}</span>
    </span>
  );
}

function Sign({ children }: { readonly children: ReactNode }) {
  return <span className={styles.sign}>{children}</span>;
}
