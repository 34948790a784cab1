import type { SyntaxNode } from '@lezer/common';
import { childOf, childrenOf, nodesOf, parseQuery, textOf, unquoted } from './syntax';

export interface SelectorMatcher {
  readonly name: string;
  readonly value: string;
  /** As it is written: `status=~"5.."`. */
  readonly text: string;
}

/** One place where a query reads series. */
export interface Selector {
  /** Without range and offset: what can be asked for alone. */
  readonly text: string;
  /** With its range: `http_requests_total[5m]`. */
  readonly written: string;
  readonly metric: string | undefined;
  readonly matchers: readonly SelectorMatcher[];
  /** As it is written: `5m`. */
  readonly window: string | undefined;
  /** Where the window stands in the query. */
  readonly windowAt: { readonly from: number; readonly to: number } | undefined;
}

/** Every selector of a query, each once, in the order in which they are written. */
export function selectorsOf(expr: string): readonly Selector[] {
  const found = new Map<string, Selector>();
  for (const node of nodesOf(parseQuery(expr), 'VectorSelector')) {
    const selector = read(node, expr);
    if (!found.has(selector.written)) {
      found.set(selector.written, selector);
    }
  }

  return [...found.values()];
}

/** Names of the metrics that a query reads. */
export function metricsOf(expr: string): readonly string[] {
  return [...new Set(selectorsOf(expr).flatMap(({ metric }) => metric ?? []))];
}

function read(node: SyntaxNode, expr: string): Selector {
  const braces = childOf(node, 'LabelMatchers');
  const quotedName = braces === undefined ? undefined : childOf(braces, 'QuotedLabelName');
  const name = childOf(node, 'Identifier');
  const matchers = (braces === undefined ? [] : childrenOf(braces)).filter((child) => child.name.endsWith('LabelMatcher')).map((child) => readMatcher(child, expr));
  const range = node.parent?.name === 'MatrixSelector' ? node.parent : undefined;
  const window = range === undefined ? undefined : childOf(range, 'DurationExpr', 'NumberDurationLiteralInDurationContext');
  const given = matchers.find((matcher) => matcher.name === '__name__' && matcher.text.includes('=') && !/[!~]/.test(operatorOf(matcher)))?.value;
  return {
    text: textOf(node, expr),
    written: textOf(range ?? node, expr),
    metric: name !== undefined ? textOf(name, expr) : quotedName !== undefined ? unquoted(textOf(quotedName, expr)) : given,
    matchers: matchers.filter((matcher) => matcher.name !== '__name__'),
    window: window === undefined ? undefined : textOf(window, expr),
    windowAt: window === undefined ? undefined : { from: window.from, to: window.to },
  };
}

function readMatcher(node: SyntaxNode, expr: string): SelectorMatcher {
  const name = childOf(node, 'LabelName', 'QuotedLabelName');
  const value = childOf(node, 'StringLiteral');
  const nameText = textOf(name, expr);
  return { name: /^["'`]/.test(nameText) ? unquoted(nameText) : nameText, value: value === undefined ? '' : unquoted(textOf(value, expr)), text: textOf(node, expr) };
}

function operatorOf(matcher: SelectorMatcher): string {
  return /^[^=!~"'`]*("[^"]*")?\s*(=~|!~|!=|=)/.exec(matcher.text)?.[2] ?? '=';
}
