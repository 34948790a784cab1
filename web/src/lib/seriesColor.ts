/** How one series is drawn: a token of tokens.css and a dash pattern in pixels. */
export interface SeriesStyle {
  readonly token: string;
  readonly dash: readonly number[];
}

const tokens = ['--ph-s1', '--ph-s2', '--ph-s3', '--ph-s4', '--ph-s5', '--ph-s6', '--ph-s7', '--ph-s8'];
const dashes: readonly (readonly number[])[] = [[], [6, 3], [2, 3]];
const distinct = tokens.length * dashes.length;

/**
 * The colours of one page. A colour belongs to a name, which keeps it until the page is left, so that refreshing, sorting, filtering and another panel
 * never recolour. A name takes the first colour that the page has left; when the eight are used up, one that no name beside it in a panel has, and only
 * a panel of more than eight begins to dash. Twenty-four can be told apart in a panel; later ones begin again.
 */
export class SeriesColors {
  readonly #slots = new Map<string, number>();
  readonly #beside = new Map<string, Set<string>>();

  /** Gives slots to the names of one panel that have none, in alphabetical order. */
  register(names: Iterable<string>): void {
    this.registerPanels([[...names]]);
  }

  /** The same for the panels of one load: in alphabetical order over all of them, so that a colour does not depend on which answer was first. */
  registerPanels(panels: readonly (readonly string[])[]): void {
    for (const names of panels) {
      for (const name of names) {
        const beside = this.#beside.get(name) ?? new Set();
        this.#beside.set(name, beside);
        names.forEach((other) => beside.add(other));
      }
    }
    for (const name of [...new Set(panels.flat())].filter((candidate) => !this.#slots.has(candidate)).sort(byText)) {
      this.#slots.set(name, this.#freeSlot(name));
    }
  }

  /** The style of a name; one that was not registered is registered now. */
  styleOf(name: string): SeriesStyle {
    if (!this.#slots.has(name)) {
      this.register([name]);
    }

    return styleOfSlot(this.#slots.get(name) ?? 0);
  }

  #freeSlot(name: string): number {
    const onPage = new Set(this.#slots.values());
    const unused = tokens.findIndex((_, slot) => !onPage.has(slot));
    if (unused >= 0) {
      return unused;
    }
    const beside = new Set([...(this.#beside.get(name) ?? [])].map((other) => this.#slots.get(other)));
    let slot = 0;
    while (beside.has(slot)) {
      slot++;
    }
    return slot;
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
