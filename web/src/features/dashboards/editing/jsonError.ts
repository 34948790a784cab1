type Expected = 'value' | 'valueOrEnd' | 'key' | 'keyOrEnd' | 'colon' | 'commaOrEnd' | 'nothing';

const token = /\s*(?:([{}[\]:,])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/y;

const words: Readonly<Record<Expected, string>> = {
  value: 'a value', valueOrEnd: 'a value or ]', key: 'a name in quotes', keyOrEnd: 'a name in quotes or }', colon: 'a colon', commaOrEnd: 'a comma or the end', nothing: 'nothing more',
};

/** Where a text stops being JSON, and what is expected there: browsers do not always tell. Undefined for JSON. */
export function jsonError(text: string): { readonly offset: number; readonly expected: string } | undefined {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  token.lastIndex = 0;
  for (;;) {
    const start = skipSpace(text, token.lastIndex);
    if (start === text.length) {
      return expected === 'nothing' ? undefined : { offset: start, expected: words[expected] };
    }
    token.lastIndex = start;
    const match = token.exec(text);
    const next: Expected | undefined = match === null ? undefined : step(expected, match[1], match[2] !== undefined, open);
    if (next === undefined) {
      return { offset: start, expected: words[expected] };
    }
    expected = next;
  }
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text.charAt(at))) {
    at++;
  }
  return at;
}

/** What may follow; undefined when the token may not stand here. */
function step(expected: Expected, sign: string | undefined, isText: boolean, open: ('{' | '[')[]): Expected | undefined {
  const value = expected === 'value' || expected === 'valueOrEnd';
  switch (sign) {
    case '{':
    case '[':
      if (!value) {
        return undefined;
      }
      open.push(sign);
      return sign === '{' ? 'keyOrEnd' : 'valueOrEnd';
    case '}': return (expected === 'keyOrEnd' || expected === 'commaOrEnd') && open.pop() === '{' ? afterValue(open) : undefined;
    case ']': return (expected === 'valueOrEnd' || expected === 'commaOrEnd') && open.pop() === '[' ? afterValue(open) : undefined;
    case ':': return expected === 'colon' ? 'value' : undefined;
    case ',': return expected !== 'commaOrEnd' ? undefined : open.at(-1) === '{' ? 'key' : 'value';
    default:
      if (value) {
        return afterValue(open);
      }
      return isText && (expected === 'key' || expected === 'keyOrEnd') ? 'colon' : undefined;
  }
}

function afterValue(open: readonly string[]): Expected {
  return open.length === 0 ? 'nothing' : 'commaOrEnd';
}
