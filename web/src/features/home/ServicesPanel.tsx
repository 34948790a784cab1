import { Link } from 'react-router-dom';
import type { ServiceRow } from '../../api/overview';
import { EmptyState } from '../../components/EmptyState';
import { Panel } from '../../components/Panel';
import { Ribbon } from '../../components/Ribbon';
import { RowTable } from '../../components/RowTable';
import { StateMark } from '../../components/StateMark';
import { formatValue } from '../../lib/formatValue';
import { plural } from '../../lib/plural';
import styles from './ServicesPanel.module.css';

interface ServicesPanelProps {
  readonly services: readonly ServiceRow[];
  readonly from: number;
  readonly to: number;
}

/** A row for every application: targets up, requests, errors, p95, and how it was over the range. */
export function ServicesPanel({ services, from, to }: ServicesPanelProps) {
  return (
    <Panel flush title="Services">
      {services.length === 0 ? (
        <EmptyState title="Nothing is scraped yet" hint={<>Name targets in <code>scrape_configs</code> of prometheus.yml, then reload.</>}>Every job that is scraped stands here with its targets, requests, errors and times.</EmptyState>
      ) : (
        <RowTable<ServiceRow>
          label="Services"
          rows={services}
          rowKey={(service) => service.name}
          columns={[
            { head: 'Service', render: (service) => <Link className={styles.name} to={`/targets?filter=${encodeURIComponent(service.name)}`}>{service.name}</Link> },
            { head: 'Targets up', render: (service) => <Up service={service} /> },
            { head: 'Requests/s', align: 'right', render: (service) => formatValue(service.requests, undefined, { full: true }) },
            { head: 'Errors', align: 'right', render: (service) => <span data-state={errorState(service)} className={styles.figure}>{formatValue(service.errors, 'percentunit')}</span> },
            { head: 'p95', align: 'right', wideOnly: true, render: (service) => formatValue(service.p95, 's') },
            { head: 'State', wideOnly: true, render: (service) => <div className={styles.ribbon}><Ribbon from={from} to={to} parts={service.ribbon} label={ribbonSentence(service)} /></div> },
          ]}
        />
      )}
    </Panel>
  );
}

function Up({ service: { up, total } }: { readonly service: ServiceRow }) {
  const isDown = up < total;
  return (
    <span className={styles.up} data-down={isDown || undefined}>
      <StateMark state={isDown ? 'down' : 'up'} label={isDown ? 'down' : 'up'} /> {up} of {total}
    </span>
  );
}

/** Errors below this share are no reason for an alert of their own. */
const notable = 0.01;

// Red belongs to what alerts: errors of a service that fires.
function errorState(service: ServiceRow): 'firing' | undefined {
  return (service.errors ?? 0) >= notable && service.ribbon.at(-1)?.state === 'firing' ? 'firing' : undefined;
}

/** The ribbon in words: "Not healthy for 2 spans: pending, firing". */
export function ribbonSentence(service: ServiceRow): string {
  const unwell = service.ribbon.filter((part) => part.state !== 'ok');
  const states = [...new Set(unwell.map((part) => (part.state === 'unknown' ? 'no data' : part.state)))];
  return unwell.length === 0 ? `${service.name}: healthy all the time` : `${service.name}: ${states.join(', ')} in ${plural(unwell.length, 'span')} of the range`;
}
