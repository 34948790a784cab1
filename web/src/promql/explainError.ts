import type { SyntaxNode } from '@lezer/common';
import { childOf, parseQuery, textOf } from './syntax';

/** An edit that mends a query. */
export interface QueryFix {
  /** What its button says. */
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

export interface ErrorExplanation {
  readonly sentence: string;
  readonly detail: string;
  readonly fix?: QueryFix;
}

const functionsOfRanges = /^(?:rate|irate|increase|delta|idelta|deriv|changes|resets|predict_linear|double_exponential_smoothing|absent_over_time|quantile_over_time|\w+_over_time)$/;
const usualWindow = '5m';

/** What is wrong at a place of a query, where its tree says more than the text of the error. Undefined where it does not. */
export function explainError(expr: string, place: { readonly offset: number; readonly length: number }): ErrorExplanation | undefined {
  const root = parseQuery(expr);
  return missingRange(root, expr, place) ?? unclosed(root, expr);
}

/** rate(x): a function of ranges is given a value at one time. */
function missingRange(root: SyntaxNode, expr: string, place: { readonly offset: number; readonly length: number }): ErrorExplanation | undefined {
  for (let node: SyntaxNode | null = root.resolveInner(Math.min(place.offset + 1, expr.length), -1); node !== null; node = node.parent) {
    const name = node.name === 'VectorSelector' && node.parent?.name !== 'MatrixSelector' ? functionAround(node, expr) : undefined;
    if (name !== undefined && functionsOfRanges.test(name)) {
      return {
        sentence: `${name} needs a range, such as [${usualWindow}].`,
        detail: 'This is an instant vector, a range vector is expected.',
        fix: { label: `Add [${usualWindow}]`, from: node.to, to: node.to, insert: `[${usualWindow}]` },
      };
    }
  }

  return undefined;
}

function functionAround(node: SyntaxNode, expr: string): string | undefined {
  const call = node.parent?.name === 'FunctionCallBody' ? node.parent.parent : null;
  return call?.name === 'FunctionCall' ? textOf(childOf(call, 'FunctionIdentifier'), expr) : undefined;
}

const pairs: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** A bracket that was opened and never closed; brackets in strings do not count. */
function unclosed(root: SyntaxNode, expr: string): ErrorExplanation | undefined {
  const open: string[] = [];
  for (let at = 0; at < expr.length; at++) {
    const character = expr.charAt(at);
    if (/[()[\]{}]/.test(character) && root.resolveInner(at, 1).name !== 'StringLiteral') {
      if (pairs[character] !== undefined) {
        open.push(character);
      } else if (pairs[open.pop() ?? ''] !== character) {
        return undefined;
      }
    }
  }

  if (open.length === 0) {
    return undefined;
  }

  const missing = open.reverse().map((character) => pairs[character]).join('');
  return {
    sentence: `${open.length === 1 ? 'A bracket is' : `${open.length} brackets are`} not closed.`,
    detail: `At the end ${missing} is missing.`,
    fix: { label: `Add ${missing}`, from: expr.length, to: expr.length, insert: missing },
  };
}
