/** Conditions on labels as Alertmanager writes them: `severity="critical", pod=~"a.+"`. */
export interface Matcher {
  readonly name: string;
  readonly value: string;
  readonly isRegex: boolean;
  readonly isEqual: boolean;
}

export interface ParsedMatchers {
  readonly matchers: readonly Matcher[];
  /** What stood where no matcher is: words to look for. */
  readonly words: readonly string[];
  /** What is wrong with the text, as a sentence. */
  readonly error?: string;
}

const token = /\s*,?\s*(?:([a-zA-Z_][\w.:-]*|"(?:[^"\\]|\\.)*")\s*(=~|!~|!=|=)\s*("(?:[^"\\]|\\.)*"?|[^\s,]*)|([^\s,]+))/y;

/** Reads a line of matchers. Values may stand without quotes; a word that is no matcher is kept as one to look for. */
export function parseMatchers(text: string): ParsedMatchers {
  const matchers: Matcher[] = [];
  const words: string[] = [];
  const inner = text.trim().replace(/^\{(.*)\}$/s, '$1').replace(/[\s,]+$/, '');
  token.lastIndex = 0;
  while (token.lastIndex < inner.length) {
    const found = token.exec(inner);
    if (found === null) {
      return { matchers, words, error: 'A matcher is a label, an operator and a value: severity="critical".' };
    }

    const [, name, operator = '', value = '', word] = found;
    if (name === undefined) {
      words.push(unquoted(word ?? ''));
      continue;
    }

    if (value.startsWith('"') && !isClosed(value)) {
      return { matchers, words, error: `The value of ${unquoted(name)} has no closing quote.` };
    }

    const matcher: Matcher = { name: unquoted(name), value: unquoted(value), isRegex: operator.endsWith('~'), isEqual: !operator.startsWith('!') };
    if (matcher.isRegex && regexOf(matcher.value) === undefined) {
      return { matchers, words, error: `${matcher.value} is no regular expression.` };
    }

    matchers.push(matcher);
  }

  return { matchers, words };
}

export function operatorOf(matcher: Matcher): string {
  return matcher.isRegex ? (matcher.isEqual ? '=~' : '!~') : matcher.isEqual ? '=' : '!=';
}

export function formatMatcher(matcher: Matcher): string {
  return `${matcher.name}${operatorOf(matcher)}"${matcher.value.replace(/[\\"]/g, '\\$&')}"`;
}

export function formatMatchers(matchers: readonly Matcher[]): string {
  return matchers.map(formatMatcher).join(', ');
}

/** Whether labels fulfil all of them; a label that is not there counts as empty. */
export function matchesLabels(matchers: readonly Matcher[], labels: Readonly<Record<string, string>>): boolean {
  return matchers.every((matcher) => {
    const value = labels[matcher.name] ?? '';
    const holds = matcher.isRegex ? (regexOf(matcher.value)?.test(value) ?? false) : value === matcher.value;
    return holds === matcher.isEqual;
  });
}

// As the server does: the whole value, and a dot is also a line break.
function regexOf(text: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${text})$`, 's');
  } catch {
    return undefined;
  }
}

function isClosed(quoted: string): boolean {
  return /^"(?:[^"\\]|\\.)*"$/.test(quoted);
}

function unquoted(text: string): string {
  return text.startsWith('"') && isClosed(text) ? text.slice(1, -1).replace(/\\(.)/g, '$1') : text;
}
