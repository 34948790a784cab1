import styles from './ChartTooltip.module.css';
import { placeTooltip, type TooltipRows } from './tooltipRows';

export interface TooltipContent {
  readonly time: string;
  readonly unit: string;
  readonly rows: TooltipRows;
  readonly alert?: { readonly text: string; readonly state: 'pending' | 'firing' };
}

export interface TooltipAction {
  readonly label: string;
  readonly run: () => void;
}

/**
 * The tooltip of one chart, outside React: it changes with every move of the pointer.
 * Kept by a click it takes the pointer, so that text can be copied, and stays until Escape or the next click.
 */
export class ChartTooltip {
  private readonly root = document.createElement('div');
  private isKept = false;

  constructor(private readonly onKept: (kept: boolean) => void) {
    this.root.className = styles.tooltip ?? '';
    this.root.setAttribute('role', 'tooltip');
    this.root.hidden = true;
    document.body.append(this.root);
  }

  get kept(): boolean {
    return this.isKept;
  }

  show(content: TooltipContent, crosshair: number, plotTop: number, actions: readonly TooltipAction[]): void {
    this.root.replaceChildren(head(content), ...rows(content.rows), foot(content, this.isKept, actions));
    this.root.hidden = false;
    if (innerWidth >= 600) {
      const { width, height } = this.root.getBoundingClientRect();
      const placed = placeTooltip(crosshair, plotTop, { width, height }, { width: innerWidth, height: innerHeight });
      this.root.style.left = `${placed.left}px`;
      this.root.style.top = `${placed.top}px`;
    }
  }

  hide(): void {
    if (!this.isKept) {
      this.root.hidden = true;
    }
  }

  keep(kept: boolean): void {
    if (this.isKept === kept) {
      return;
    }
    this.isKept = kept;
    this.root.dataset['kept'] = String(kept);
    if (kept) {
      addEventListener('keydown', this.letGo, true);
    } else {
      removeEventListener('keydown', this.letGo, true);
      this.root.hidden = true;
    }
    this.onKept(kept);
  }

  destroy(): void {
    removeEventListener('keydown', this.letGo, true);
    this.root.remove();
    if (this.isKept) {
      this.onKept(false);
    }
  }

  private readonly letGo = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      this.keep(false);
    }
  };
}

function head(content: TooltipContent): HTMLElement {
  const line = element('div', styles.head);
  line.append(text('span', content.time), text('span', content.unit));
  return line;
}

function rows(shown: TooltipRows): HTMLElement[] {
  const lines = shown.rows.map((entry) => {
    const line = element('div', styles.row);
    line.dataset['nearest'] = String(entry.key === shown.nearest);
    const swatch = element('span', styles.swatch);
    swatch.style.background = entry.color;
    line.append(swatch, text('span', entry.name, styles.name), text('span', entry.text, styles.value));
    return line;
  });
  if (shown.rows.length === 0) {
    lines.push(text('div', 'no data', styles.more));
  }
  if (shown.more > 0) {
    lines.push(text('div', `${shown.more} more`, styles.more));
  }
  return lines;
}

function foot(content: TooltipContent, kept: boolean, actions: readonly TooltipAction[]): HTMLElement {
  const line = element('div', styles.foot);
  const alert = text('span', content.alert?.text ?? '');
  if (content.alert !== undefined) {
    alert.dataset['state'] = content.alert.state;
  }
  line.append(alert);
  if (!kept) {
    line.append(text('span', 'click keeps', styles.hint));
    return line;
  }
  const buttons = element('span', styles.actions);
  for (const action of actions) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = action.label;
    button.addEventListener('click', action.run);
    buttons.append(button);
  }
  line.append(buttons);
  return line;
}

function element(tag: 'div' | 'span', className: string | undefined): HTMLElement {
  const created = document.createElement(tag);
  created.className = className ?? '';
  return created;
}

function text(tag: 'div' | 'span', content: string, className?: string): HTMLElement {
  const created = element(tag, className);
  created.textContent = content;
  return created;
}
