/** Cuts a long name in its middle: the end that tells it from its neighbours stays. */
export function cutMiddle(text: string, most: number): string {
  if (text.length <= most || most < 3) {
    return text;
  }

  const tail = Math.floor((most - 1) / 3);
  return `${text.slice(0, most - 1 - tail)}…${text.slice(text.length - tail)}`;
}
