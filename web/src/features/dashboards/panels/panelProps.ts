import type { Panel } from '../../../api/dashboards';
import type { AlertBand, ChartMark } from '../../../charts/seriesModel';
import type { SeriesColors } from '../../../lib/seriesColor';
import type { LinkContext } from '../fields/links';
import type { Frame } from '../frames/frame';
import type { PanelRange } from './panelData';

/** What every kind of panel is drawn from. */
export interface PanelProps {
  readonly panel: Panel;
  readonly frames: readonly Frame[];
  /** The range that was answered. */
  readonly range: PanelRange;
  readonly zone: string;
  /** One for the whole page: a name has the same colour in every panel. */
  readonly colors: SeriesColors;
  readonly bands: readonly AlertBand[];
  readonly marks: readonly ChartMark[];
  readonly links: LinkContext;
  readonly onZoom: (from: number, to: number) => void;
  readonly onKept: (kept: boolean) => void;
}
