import type { SyntaxNode } from '@lezer/common';
import { childOf, childrenOf, nodesOf, parseQuery, textOf } from './syntax';

/** What a value counts, by the names of metrics: powers of seconds and bytes. A point in time has no unit and differs by seconds from another. */
interface Dimension {
  readonly seconds: number;
  readonly bytes: number;
  readonly isTime?: boolean;
}

const plain: Dimension = { seconds: 0, bytes: 0 };

/**
 * The unit of a query's values as Grafana names it, read off the names of its metrics and what is done with them; empty when they do not say.
 * rate(x_bytes_total[5m]) is bytes a second, rate(x_seconds_sum[5m]) / rate(x_seconds_count[5m]) is seconds.
 */
export function queryUnit(expr: string): string {
  const top = parseQuery(expr).firstChild;
  const found = top === null ? undefined : dimensionOf(top, expr);
  if (found === undefined || found.isTime === true) {
    return '';
  }

  return units[`${found.bytes} ${found.seconds}`] ?? '';
}

const units: Readonly<Record<string, string>> = { '0 0': '', '0 1': 's', '0 -1': 'ps', '1 0': 'bytes', '1 -1': 'binBps' };

function dimensionOf(node: SyntaxNode, expr: string): Dimension | undefined {
  switch (node.name) {
    case 'ParenExpr':
    case 'UnaryExpr':
    case 'OffsetExpr':
    case 'StepInvariantExpr':
    case 'MatrixSelector':
    case 'SubqueryExpr':
      return ofFirst(node, expr);
    case 'VectorSelector':
      return dimensionOfMetric(textOf(childOf(node, 'Identifier'), expr));
    case 'NumberDurationLiteral':
      return plain;
    case 'AggregateExpr':
      return dimensionOfAggregate(node, expr);
    case 'FunctionCall':
      return dimensionOfCall(node, expr);
    case 'BinaryExpr':
      return dimensionOfBinary(node, expr);
    default:
      return undefined;
  }
}

const expressions = /^(?:ParenExpr|UnaryExpr|OffsetExpr|StepInvariantExpr|MatrixSelector|SubqueryExpr|VectorSelector|NumberDurationLiteral|AggregateExpr|FunctionCall|BinaryExpr|StringLiteral)$/;

function operandsOf(node: SyntaxNode): SyntaxNode[] {
  return childrenOf(node).filter((child) => expressions.test(child.name));
}

function ofFirst(node: SyntaxNode, expr: string): Dimension | undefined {
  const [first] = operandsOf(node);
  return first === undefined ? undefined : dimensionOf(first, expr);
}

function dimensionOfMetric(name: string): Dimension | undefined {
  if (/_(?:count|bucket|info)$/.test(name)) {
    return plain;
  }

  const base = name.replace(/_(?:total|sum|max|min)$/, '');
  if (/_(?:timestamp|time|created)_seconds$/.test(base) && !/_(?:cpu|run|wait|io|busy|weighted)_time_seconds$/.test(base)) {
    return { ...plain, isTime: true };
  }

  return /_seconds$/.test(base) ? { seconds: 1, bytes: 0 } : /_bytes$/.test(base) ? { seconds: 0, bytes: 1 } : plain;
}

function dimensionOfAggregate(node: SyntaxNode, expr: string): Dimension | undefined {
  const operator = textOf(childOf(node, 'AggregateOp'), expr).toLowerCase();
  const body = childOf(node, 'FunctionCallBody');
  if (/^(?:count|count_values|group)$/.test(operator)) {
    return plain;
  }

  // topk(3, x): the parameter stands first.
  const last = body === undefined ? undefined : operandsOf(body).at(-1);
  return last === undefined ? undefined : dimensionOf(last, expr);
}

function dimensionOfCall(node: SyntaxNode, expr: string): Dimension | undefined {
  const name = textOf(childOf(node, 'FunctionIdentifier'), expr);
  const body = childOf(node, 'FunctionCallBody');
  const last = body === undefined ? undefined : operandsOf(body).at(-1);
  if (name === 'time' || name === 'timestamp') {
    return { ...plain, isTime: true };
  }

  if (last === undefined) {
    return undefined;
  }

  if (/^histogram_(?:quantile|fraction)$/.test(name)) {
    const [selector] = nodesOf(last, 'VectorSelector');
    const metric = selector === undefined ? '' : textOf(childOf(selector, 'Identifier'), expr);
    return name === 'histogram_fraction' ? plain : dimensionOfMetric(metric.replace(/_bucket$/, ''));
  }

  const inner = dimensionOf(/^(?:clamp\w*|round|predict_linear|quantile_over_time|label_\w+)$/.test(name) && name !== 'quantile_over_time' ? (operandsOf(body ?? last)[0] ?? last) : last, expr);
  if (/^i?rate$|^deriv$/.test(name)) {
    return inner === undefined ? undefined : { ...inner, seconds: inner.seconds - 1 };
  }

  return /^(?:count_over_time|changes|resets|absent\w*|sgn|ln|log2|log10|exp|sqrt|present_over_time)$/.test(name) ? plain : inner;
}

function dimensionOfBinary(node: SyntaxNode, expr: string): Dimension | undefined {
  const [left, right] = operandsOf(node).map((operand) => dimensionOf(operand, expr));
  const operator = childrenOf(node).find((child) => /^(?:Add|Sub|Mul|Div|Mod|Pow|Atan2|Eql|Neq|Gtr|Gte|Lss|Lte|And|Or|Unless)$/.test(child.name))?.name ?? '';
  if (left === undefined || right === undefined) {
    return undefined;
  }

  switch (operator) {
    case 'Mul':
      return { seconds: left.seconds + right.seconds, bytes: left.bytes + right.bytes };
    case 'Div':
      return { seconds: left.seconds - right.seconds, bytes: left.bytes - right.bytes };
    case 'Sub':
      return left.isTime === true && right.isTime === true ? { seconds: 1, bytes: 0 } : sameOr(left, right);
    case 'Add':
      return sameOr(left, right);
    case 'Pow':
    case 'Atan2':
      return undefined;
    default:
      return childOf(node, 'BoolModifier') === undefined ? left : plain;
  }
}

/** 1 - x, x + 5: a bare number takes the unit of the other side. */
function sameOr(left: Dimension, right: Dimension): Dimension | undefined {
  if (left.seconds === right.seconds && left.bytes === right.bytes && left.isTime === right.isTime) {
    return left;
  }

  const isBare = (one: Dimension): boolean => one.seconds === 0 && one.bytes === 0 && one.isTime !== true;
  return isBare(left) ? right : isBare(right) ? left : undefined;
}
