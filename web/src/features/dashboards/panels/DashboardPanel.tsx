import { memo, useMemo, useRef } from 'react';
import type { Panel } from '../../../api/dashboards';
import { describePlace } from '../../../lib/errorPlace';
import { pauseLive } from '../../../state/live';
import { usePage } from '../pageContext';
import { panelKind } from './kinds';
import { errorOf } from './panelData';
import { isHistograms, remarksOf } from './panelRemarks';
import { PanelFrame } from './PanelFrame';
import styles from './PanelFrame.module.css';
import type { PanelProps } from './panelProps';
import { useNear } from './useNear';
import { type PanelData, usePanelData } from './usePanelData';

interface DashboardPanelProps {
  readonly panel: Panel;
  /** CSS pixels, roughly: how many points are worth asking for. */
  readonly width: number;
  readonly alone?: boolean;
}

/** One panel: asks when it is near the window, keeps its lines while new ones come, and shows its own errors. */
export const DashboardPanel = memo(function DashboardPanel({ panel, width, alone = false }: DashboardPanelProps) {
  const page = usePage();
  const element = useRef<HTMLDivElement>(null);
  const near = useNear(element);
  const kind = panelKind(panel.type);
  const data = usePanelData(panel, page.range, width, near && kind.withoutData !== true, page.batcher);
  const bands = useMemo(() => page.bands.filter((band) => band.metrics.some((metric) => panel.metrics?.includes(metric) === true)), [page.bands, panel.metrics]);
  const failed = data.answered === undefined ? undefined : errorOf(data.answered);
  const remarks = useMemo(() => remarksOf(data.answered?.results ?? []), [data.answered]);
  const View = kind.view;
  const range = data.answered?.range ?? page.range;
  const props: PanelProps = {
    panel, frames: data.frames, range, zone: page.zone, colors: page.colors, bands, marks: page.marks, links: page.links, onZoom: page.onZoom, onKept: keepLive,
  };
  return (
    <div ref={element} style={{ height: '100%' }} data-panel={panel.key} onPointerEnter={() => { page.onPoint(panel); }} onFocus={() => { page.onPoint(panel); }}>
      <PanelFrame
        panel={panel} alone={alone} loading={data.isFetching} zone={page.zone} remarks={remarks} failed={failed !== undefined || data.error !== null && data.answered === undefined}
        onView={() => { page.onView(panel); }} {...(data.isOld ? { oldAt: range.to, ...(data.error === null ? {} : { oldReason: data.error.message }) } : {})}
      >
        {kind.withoutData === true ? <View {...props} /> : <PanelBody data={data} panel={panel}><View {...props} /></PanelBody>}
      </PanelFrame>
    </div>
  );
});

function keepLive(kept: boolean): void {
  pauseLive('tooltip', kept);
}

interface PanelBodyProps {
  readonly panel: Panel;
  readonly data: PanelData;
  readonly children: React.ReactNode;
}

/** What stands in a panel instead of its picture when there is none. */
function PanelBody({ panel, data, children }: PanelBodyProps) {
  if ((panel.targets ?? []).length === 0) {
    return <p className={styles.note}>{panel.type === 'unsupported' ? 'This kind of panel is not drawn.' : 'This panel asks nothing.'}</p>;
  }
  if (data.answered === undefined) {
    return data.error === null ? <div className={styles.lines} aria-hidden /> : (
      <p className={styles.error} role="alert">
        <strong>{data.error.message}</strong> <button type="button" className={styles.again} onClick={data.refetch}>Try now</button>
      </p>
    );
  }
  const failed = errorOf(data.answered);
  if (failed !== undefined) {
    const place = describePlace(failed.result.error?.place);
    return (
      <div className={styles.error} role="alert">
        <strong>{failed.message}</strong>{place === undefined ? '' : ` ${place}`}
        {failed.result.error?.cause !== undefined && failed.result.error.cause !== failed.message && <div>{failed.result.error.cause}</div>}
        <code>{failed.result.expr}</code>
      </div>
    );
  }
  if (data.frames.some((frame) => frame.length > 0)) {
    return children;
  }
  return <p className={styles.note}>{isHistograms(data.answered.results) ? 'The series are native histograms, and no panel draws one as it is. Ask for a part of it: histogram_quantile(0.95, …) or histogram_count(…).' : 'No data in this range'}</p>;
}
