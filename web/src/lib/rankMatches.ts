export interface Rankable {
  readonly text: string;
  /** How often it was chosen before. */
  readonly uses: number;
}

/**
 * What a typed text means, best first: whole words before parts before letters in their order, and among equals what is used most.
 * Without a text everything, by use.
 */
export function rankMatches<T extends Rankable>(items: readonly T[], typed: string, most: number): readonly T[] {
  const words = typed.toLowerCase().split(/\s+/).filter((word) => word !== '');
  return items
    .map((item, index) => ({ item, index, score: scoreOf(item.text.toLowerCase(), words) }))
    .filter(({ score }) => score > 0)
    .sort((left, right) => right.score + useOf(right.item) - left.score - useOf(left.item) || left.index - right.index)
    .slice(0, most)
    .map(({ item }) => item);
}

// Ten uses lift a match over one grade, never over two.
function useOf(item: Rankable): number {
  return Math.min(Math.log2(1 + item.uses), 4) * 5;
}

function scoreOf(text: string, words: readonly string[]): number {
  let sum = 1;
  for (const word of words) {
    const score = scoreOfWord(text, word);
    if (score === 0) {
      return 0;
    }

    sum += score;
  }

  return sum;
}

function scoreOfWord(text: string, word: string): number {
  const at = text.indexOf(word);
  if (at === 0) {
    return text.length === word.length ? 80 : 60;
  }

  if (at > 0) {
    return /[\s_:/.-]/.test(text[at - 1] ?? '') ? 50 : 30;
  }

  let from = 0;
  for (const letter of word) {
    from = text.indexOf(letter, from) + 1;
    if (from === 0) {
      return 0;
    }
  }

  return 10;
}
