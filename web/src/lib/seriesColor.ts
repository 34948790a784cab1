/** How one series is drawn: a token of tokens.css and a dash pattern in pixels. */
export interface SeriesStyle {
  readonly token: string;
  readonly dash: readonly number[];
}

const tokens = ['--ph-s1', '--ph-s2', '--ph-s3', '--ph-s4', '--ph-s5', '--ph-s6', '--ph-s7', '--ph-s8'];
const dashes: readonly (readonly number[])[] = [[], [6, 3], [2, 3]];
const distinct = tokens.length * dashes.length;

/**
 * The colours of one page. A colour belongs to a name: it takes the first free slot and keeps it until the page is left, so that refreshing, sorting,
 * filtering and another panel never recolour. Twenty-four can be told apart; later ones begin again.
 */
export class SeriesColors {
  readonly #slots = new Map<string, number>();

  /** Gives slots to the names that have none: those of one load in alphabetical order. */
  register(names: Iterable<string>): void {
    const unknown = [...new Set(names)].filter((name) => !this.#slots.has(name)).sort(byText);
    for (const name of unknown) {
      this.#slots.set(name, this.#slots.size);
    }
  }

  /** The style of a name; one that was not registered is registered now. */
  styleOf(name: string): SeriesStyle {
    if (!this.#slots.has(name)) {
      this.register([name]);
    }

    return styleOfSlot(this.#slots.get(name) ?? 0);
  }
}

export function styleOfSlot(slot: number): SeriesStyle {
  const index = slot % distinct;
  return { token: tokens[index % tokens.length] ?? '--ph-s1', dash: dashes[Math.floor(index / tokens.length)] ?? [] };
}

function byText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/**
 * Values that mean a state take its colour wherever they are drawn: 5xx and errors fire, 4xx and warnings pend, what is ordinary stays neutral.
 * Undefined for a label that means none.
 */
export function stateToken(label: string, value: string): string | undefined {
  const name = label.toLowerCase();
  if (name === 'status' || name === 'code' || name === 'status_code' || name === 'http_status') {
    const group = /^([1-5])(?:\d\d|xx|\.\.)$/i.exec(value)?.[1];
    return group === undefined ? undefined : group === '5' ? '--ph-fire-solid' : group === '4' ? '--ph-pend-solid' : '--ph-border-2';
  }

  if (name === 'level' || name === 'severity_text') {
    return levelTokens[value.toLowerCase()];
  }

  return undefined;
}

const levelTokens: Readonly<Record<string, string>> = {
  fatal: '--ph-fire-solid',
  critical: '--ph-fire-solid',
  error: '--ph-fire-solid',
  warn: '--ph-pend-solid',
  warning: '--ph-pend-solid',
  info: '--ph-border-2',
  debug: '--ph-border-2',
  trace: '--ph-border-2',
};
