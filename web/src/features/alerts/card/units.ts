import type { Condition } from '../../../api/alerts';

/** PromQL says no unit: the names that Prometheus recommends do. Undefined where they say nothing. */
export function unitOfExpr(expr: string): string | undefined {
  const text = expr.replace(/"(?:[^"\\]|\\.)*"/g, '""');
  if (/_ratio\b|:ratio|ratio_/.test(text)) {
    return 'percentunit';
  }

  if (/percent/.test(text)) {
    return 'percent';
  }

  if (/histogram_quantile|_seconds(?!_(?:total|sum|count|bucket)\b)|duration_seconds:/.test(text) && !/\b(?:rate|irate)\s*\((?!.*_bucket)/.test(text)) {
    return /_bytes/.test(text) ? 'bytes' : /_seconds|duration|latency/.test(text) ? 's' : undefined;
  }

  if (/histogram_quantile/.test(text)) {
    return /_seconds/.test(text) ? 's' : /_bytes/.test(text) ? 'bytes' : undefined;
  }

  if (/\b(?:rate|irate)\s*\(/.test(text)) {
    return /_bytes/.test(text) ? 'Bps' : 'suffix:/s';
  }

  return /_bytes\b/.test(text) ? 'bytes' : undefined;
}

/** The unit of the measured side: a share where one count is divided by another and the limit is at most one. */
export function unitOfCondition(condition: Condition): string | undefined {
  if (condition.operands?.operator === '/') {
    const [left, right] = [unitOfExpr(condition.operands.left), unitOfExpr(condition.operands.right)];
    const limit = typeof condition.limit === 'number' ? Math.abs(condition.limit) : 0;
    return left === right ? (limit <= 1 ? 'percentunit' : undefined) : undefined;
  }

  return unitOfExpr(condition.left);
}

const operators: Readonly<Record<string, string>> = { '>=': '≥', '<=': '≤', '==': '=', '!=': '≠', '/': '÷', '*': '×', '-': '−' };

/** An operator as people write it. */
export function operatorSign(operator: string): string {
  return operators[operator] ?? operator;
}

/** One line, without needless space. */
export function oneLine(expr: string): string {
  return expr.replace(/\s+/g, ' ').trim();
}
