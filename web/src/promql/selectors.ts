import type { SyntaxNode } from '@lezer/common';
import { childOf, childrenOf, nodesOf, parseQuery, textOf, unquoted } from './syntax';

/** Whether a query only names series. */
export function isSelector(expr: string): boolean {
  const [first] = childrenOf(parseQuery(expr));
  return first?.name === 'VectorSelector' && first.to - first.from === expr.trim().length;
}

/** Names of the metrics that a query reads, each once, in the order in which they are written. */
export function metricsOf(expr: string): readonly string[] {
  return [...new Set(nodesOf(parseQuery(expr), 'VectorSelector').flatMap((selector) => metricOf(selector, expr) ?? []))];
}

function metricOf(selector: SyntaxNode, expr: string): string | undefined {
  const name = childOf(selector, 'Identifier');
  if (name !== undefined) {
    return textOf(name, expr);
  }

  const braces = childOf(selector, 'LabelMatchers');
  const quoted = braces === undefined ? undefined : childOf(braces, 'QuotedLabelName');
  if (quoted !== undefined) {
    return unquoted(textOf(quoted, expr));
  }

  const given = (braces === undefined ? [] : childrenOf(braces)).find((matcher) => textOf(childOf(matcher, 'LabelName'), expr) === '__name__' && textOf(childOf(matcher, 'MatchOp'), expr) === '=');
  const value = given === undefined ? undefined : childOf(given, 'StringLiteral');
  return value === undefined ? undefined : unquoted(textOf(value, expr));
}
