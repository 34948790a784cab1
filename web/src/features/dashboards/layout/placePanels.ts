import type { Panel } from '../../../api/dashboards';

export interface PlacedPanel {
  readonly panel: Panel;
  /** In columns of 24 and rows of 38 pixels. */
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface PlacedRow extends PlacedPanel {
  readonly isRow: true;
  readonly open: boolean;
  /** How many panels it holds. */
  readonly count: number;
}

export type Placed = PlacedPanel | PlacedRow;

const columns = 24;
const tallest = 100;

/**
 * Where everything stands: rows under each other with their panels below them, nothing over anything else. `toggled` are the keys of rows
 * that are not as their file says.
 */
export function placePanels(panels: readonly Panel[], toggled: ReadonlySet<string>): Placed[] {
  const placed: Placed[] = [];
  let y = 0;
  for (const { row, members } of sectionsOf(panels)) {
    if (row !== undefined) {
      const open = (row.row?.collapsed === true) === toggled.has(row.key);
      placed.push({ panel: row, isRow: true, open, count: members.length, x: 0, y, w: columns, h: 1 });
      y++;
      if (!open) {
        continue;
      }
    }
    const stacked = compact(members, y);
    placed.push(...stacked);
    y = stacked.reduce((end, one) => Math.max(end, one.y + one.h), y);
  }
  return placed;
}

export function isRow(placed: Placed): placed is PlacedRow {
  return 'isRow' in placed;
}

interface Section {
  readonly row?: Panel;
  readonly members: Panel[];
}

/** A row's panels are within it when its file collapsed it, else they follow it. */
function sectionsOf(panels: readonly Panel[]): Section[] {
  const sections: Section[] = [{ members: [] }];
  for (const panel of inReadingOrder(panels)) {
    if (panel.type === 'row') {
      sections.push({ row: panel, members: inReadingOrder(panel.row?.panels ?? []) });
    } else {
      sections.at(-1)?.members.push(panel);
    }
  }
  return sections.filter(({ row, members }) => row !== undefined || members.length > 0);
}

function inReadingOrder(panels: readonly Panel[]): Panel[] {
  return panels.toSorted((a, b) => a.grid.y - b.grid.y || a.grid.x - b.grid.x);
}

/** Every panel as high as what stands above it lets it. */
function compact(panels: readonly Panel[], top: number): PlacedPanel[] {
  const heights = new Array<number>(columns).fill(top);
  return panels.map((panel) => {
    const w = Math.max(1, Math.min(columns, Math.round(panel.grid.w) || columns));
    const x = Math.max(0, Math.min(columns - w, Math.round(panel.grid.x) || 0));
    const h = Math.max(1, Math.min(tallest, Math.round(panel.grid.h) || 8));
    const y = Math.max(...heights.slice(x, x + w));
    heights.fill(y + h, x, x + w);
    return { panel, x, y, w, h };
  });
}
