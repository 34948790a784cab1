/** Walks through earlier queries (1: back, -1: forward), and at the front again to what was being written. Undefined at either end. */
export function stepThrough(): (direction: 1 | -1, text: string, earlier: readonly string[]) => string | undefined {
  let at = -1;
  let draft = '';
  let shown: string | undefined;
  return (direction, text, earlier) => {
    // What is not what was shown last was written since: it is the draft now.
    if (text !== shown) {
      at = -1;
      draft = text;
    }

    let next = at + direction;
    while (direction === 1 && earlier[next] === text) {
      next++;
    }

    if (next < -1 || next >= earlier.length) {
      return undefined;
    }

    at = next;
    shown = at < 0 ? draft : (earlier[at] ?? draft);
    return shown;
  };
}
