import { createContext, useContext } from 'react';
import type { AnnotationBand } from '../../api/annotations';
import type { Panel } from '../../api/dashboards';
import type { ChartMark } from '../../charts/seriesModel';
import type { SeriesColors } from '../../lib/seriesColor';
import type { LinkContext } from './fields/links';
import type { PanelRange } from './panels/panelData';
import type { QueryBatcher } from './panels/queryBatcher';

/** What all panels of one page share. */
export interface PageContextValue {
  readonly range: PanelRange;
  readonly zone: string;
  readonly colors: SeriesColors;
  readonly batcher: QueryBatcher;
  readonly bands: readonly AnnotationBand[];
  readonly marks: readonly ChartMark[];
  readonly links: LinkContext;
  readonly onZoom: (from: number, to: number) => void;
  readonly onView: (panel: Panel) => void;
  /** The panel under the pointer or with focus: the one that keys mean. */
  readonly onPoint: (panel: Panel) => void;
}

export const PageContext = createContext<PageContextValue | undefined>(undefined);

export function usePage(): PageContextValue {
  const page = useContext(PageContext);
  if (page === undefined) {
    throw new Error('A panel stands outside a dashboard.');
  }
  return page;
}
