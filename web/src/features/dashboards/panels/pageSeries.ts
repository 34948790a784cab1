import type { Panel } from '../../../api/dashboards';
import { SeriesColors } from '../../../lib/seriesColor';
import { QueryBatcher } from './queryBatcher';
import { paletteNames } from './seriesIdentity';

/** What the series of one page share: the requests for them and the colours of their names. Lives as long as the page. */
export class PageSeries {
  readonly colors = new SeriesColors();
  readonly batcher = new QueryBatcher((results) => { this.colors.registerPanels(paletteNames(this.panels, results)); });
  private panels: readonly Panel[] = [];

  show(panels: readonly Panel[]): void {
    this.panels = panels;
  }
}
