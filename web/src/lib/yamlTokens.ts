export interface YamlToken {
  readonly kind: 'plain' | 'key' | 'string' | 'number' | 'comment';
  readonly text: string;
}

/** One line of YAML in parts to colour. For the eye alone: what spans lines counts as plain. */
export function yamlTokens(line: string): readonly YamlToken[] {
  const tokens: YamlToken[] = [];
  const add = (kind: YamlToken['kind'], text: string): void => {
    if (text !== '') {
      tokens.push({ kind, text });
    }
  };

  const head = /^(\s*(?:- +)*)("[^"]*"|'[^']*'|[^\s#"'{[][^#:]*?)(:)(?=\s|$)/.exec(line);
  let rest = line;
  if (head !== null) {
    add('plain', head[1] ?? '');
    add('key', head[2] ?? '');
    add('plain', ':');
    rest = line.slice(head[0].length);
  }

  const comment = /(^|\s)#.*$/.exec(withoutStrings(rest));
  const value = comment === null ? rest : rest.slice(0, comment.index);
  for (const part of value.split(/("(?:[^"\\]|\\.)*"|'[^']*')/)) {
    add(/^["']/.test(part) && part.length > 1 ? 'string' : /^\s*-?\d[\w.]*\s*$/.test(part) ? 'number' : 'plain', part);
  }

  add('comment', comment === null ? '' : rest.slice(comment.index));
  return tokens;
}

// As long as before, so that positions stay.
function withoutStrings(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|'[^']*'/g, (found) => '_'.repeat(found.length));
}
