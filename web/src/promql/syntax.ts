import { LanguageType, promQLLanguage } from '@prometheus-io/codemirror-promql';
import type { SyntaxNode } from '@lezer/common';

const { parser } = promQLLanguage(LanguageType.PromQL);

/** The tree of a query, also of one that does not parse: what is wrong is an error node in it. */
export function parseQuery(expr: string): SyntaxNode {
  return parser.parse(expr).topNode;
}

/** The name of a term of the grammar; empty for a number that is none. */
export function termName(id: number): string {
  return parser.nodeSet.types[id]?.name ?? '';
}

export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    children.push(child);
  }

  return children;
}

export function childOf(node: SyntaxNode, ...names: readonly string[]): SyntaxNode | undefined {
  return childrenOf(node).find((child) => names.includes(child.name));
}

export function textOf(node: SyntaxNode | undefined | null, expr: string): string {
  return node === undefined || node === null ? '' : expr.slice(node.from, node.to);
}

/** All nodes of a name, in the order in which they are written. */
export function nodesOf(root: SyntaxNode, name: string): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  root.cursor().iterate((node) => {
    if (node.name === name) {
      found.push(node.node);
    }
  });
  return found;
}

/** The value of a quoted string of PromQL; in backquotes nothing is escaped. */
export function unquoted(text: string): string {
  const inner = text.slice(1, -1);
  if (text.startsWith('`')) {
    return inner;
  }

  const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\u0007', b: '\b', f: '\f', v: '\v' };
  return inner.replace(/\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))/gs, (_, four: string | undefined, two: string | undefined, one: string | undefined) =>
    one === undefined ? String.fromCharCode(Number.parseInt(four ?? two ?? '0', 16)) : (escapes[one] ?? one),
  );
}
