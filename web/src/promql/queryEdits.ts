import type { SyntaxNode } from '@lezer/common';
import { childOf, childrenOf, nodesOf, parseQuery, textOf, unquoted } from './syntax';

/** A part of a query, in characters of it. */
export interface QueryPlace {
  readonly offset: number;
  readonly length: number;
}

const metricName = /^[a-zA-Z_:][\w:]*$/;
const labelName = /^[a-zA-Z_]\w*$/;

/** The query with another name for the metric of the selector at a place; undefined where that does not have the name. */
export function withMetric(query: string, place: QueryPlace, wrong: string, right: string): string | undefined {
  const selector = selectorAt(query, place);
  if (selector === undefined) {
    return undefined;
  }

  const name = childOf(selector, 'Identifier');
  const braces = childOf(selector, 'LabelMatchers');
  if (name !== undefined && textOf(name, query) === wrong) {
    // Within braces, where a quoted name stands.
    return metricName.test(right) ? replaced(query, name, right)
      : braces === undefined ? replaced(query, name, `{${quoted(right)}}`)
      : replaced(query, { from: name.from, to: braces.from + 1 }, `{${quoted(right)}${childrenOf(braces).length === 0 ? '' : ', '}`);
  }

  const inside = nodesOf(selector, 'StringLiteral').find((text) => unquoted(textOf(text, query)) === wrong && isNameOf(text, query));
  return inside === undefined ? undefined : replaced(query, inside, quoted(right));
}

/** The query with another label in the selector at a place. */
export function withLabel(query: string, place: QueryPlace, wrong: string, right: string): string | undefined {
  const matcher = matchersAt(query, place).find((one) => one.label === wrong);
  return matcher === undefined ? undefined : replaced(query, matcher.name, labelName.test(right) ? right : quoted(right));
}

/** The query with just this value of a label in the selector at a place. */
export function withValue(query: string, place: QueryPlace, label: string, wrong: string, right: string): string | undefined {
  const matcher = matchersAt(query, place).find((one) => one.label === label && one.text === wrong);
  return matcher === undefined ? undefined : replaced(query, { from: matcher.name.to, to: matcher.value.to }, `=${quoted(right)}`);
}

/** The query with another window of the range selector at a place: `5m`. */
export function withWindow(query: string, place: QueryPlace, window: string): string | undefined {
  const matrix = selectorAt(query, place)?.parent;
  const written = matrix?.name === 'MatrixSelector' ? childOf(matrix, 'DurationExpr', 'NumberDurationLiteralInDurationContext') : undefined;
  return written === undefined ? undefined : replaced(query, written, window);
}

/** The query with other matching labels of the operator at a place: `on (job) group_left ()`. */
export function withMatching(query: string, place: QueryPlace, matching: string): string | undefined {
  const around = nodesOf(parseQuery(query), 'BinaryExpr').filter(({ from, to }) => from <= place.offset && to >= place.offset + place.length);
  // The narrowest: what is around it is another operator.
  const [binary] = around.sort((left, right) => left.to - left.from - (right.to - right.from));
  const parts = binary === undefined ? [] : childrenOf(binary);
  const last = parts.at(-2);
  if (parts.length < 3 || last === undefined) {
    return undefined;
  }

  return last.name === 'MatchingModifierClause' ? replaced(query, last, matching) : replaced(query, { from: last.to, to: last.to }, ` ${matching}`);
}

function selectorAt(query: string, place: QueryPlace): SyntaxNode | undefined {
  return nodesOf(parseQuery(query), 'VectorSelector').find(({ from }) => from === place.offset);
}

function matchersAt(query: string, place: QueryPlace) {
  const selector = selectorAt(query, place);
  const braces = selector === undefined ? undefined : childOf(selector, 'LabelMatchers');
  return (braces === undefined ? [] : childrenOf(braces)).flatMap((node) => {
    const name = childOf(node, 'LabelName', 'QuotedLabelName');
    const value = childOf(node, 'StringLiteral');
    const written = textOf(name, query);
    return name === undefined || value === undefined ? [] : [{ name, value, label: /^["'`]/.test(written) ? unquoted(written) : written, text: unquoted(textOf(value, query)) }];
  });
}

/** A quoted name by itself, or the value of `__name__`. */
function isNameOf(text: SyntaxNode, query: string): boolean {
  const { parent } = text;
  return parent?.name === 'QuotedLabelName' ? parent.parent?.name === 'LabelMatchers' : parent !== null && textOf(childOf(parent, 'LabelName'), query) === '__name__';
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

function replaced(query: string, { from, to }: { readonly from: number; readonly to: number }, text: string): string {
  return query.slice(0, from) + text + query.slice(to);
}
