import { TextInput } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';
import { metadataOf, mostNames, useMetadata, useMetricNames, useSeriesCounts } from '../../api/metrics';
import { EmptyState } from '../../components/EmptyState';
import { Panel } from '../../components/Panel';
import { QueryView } from '../../components/QueryView';
import { RowTable } from '../../components/RowTable';
import { formatCount } from '../../lib/formatNumber';
import { plural } from '../../lib/plural';
import { rankMatches } from '../../lib/rankMatches';
import { keyText, useKey } from '../../state/keys';
import styles from './MetricBrowser.module.css';
import { usualQuestion } from './usualQuestion';

const mostRows = 100;

/** Without a query: the metrics there are, by name. A click asks for one. */
export function MetricBrowser({ onAsk }: { onAsk(expr: string): void }) {
  const names = useMetricNames();
  const { data: metadata } = useMetadata();
  const { data: counts } = useSeriesCounts();
  const [filter, setFilter] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useKey('filter', () => field.current?.focus());
  const all = names.data?.names;
  const found = useMemo(() => (filter.trim() === '' ? (all ?? []) : rankMatches((all ?? []).map((text) => ({ text, uses: 0 })), filter, all?.length ?? 0).map(({ text }) => text)), [all, filter]);
  return (
    <QueryView query={names} loadingHeight={320}>
      {(list) => list.names.length === 0 ? (
        <EmptyState title="No metric yet" hint={<>Name what is to be scraped under <code>scrape_configs</code> in <code>prometheus.yml</code>.</>}>
          What the targets send appears here, by name.
        </EmptyState>
      ) : (
        <Panel
          flush title="Metrics" note={list.isCut ? `the first ${formatCount(mostNames)}` : formatCount(list.names.length)}
          actions={
            <TextInput
              ref={field} size="xs" className={styles.filter ?? ''} aria-label="Filter of metrics" placeholder={`Name · ${keyText('filter')}`} value={filter}
              onChange={(event) => setFilter(event.currentTarget.value)}
            />
          }
        >
          {found.length === 0 ? <p className={styles.note}>No metric has “{filter}” in its name.</p> : (
            <RowTable
              label="Metrics" rows={found.slice(0, mostRows)} rowKey={(name) => name}
              columns={[
                { head: 'Name', render: (name) => <button type="button" className={styles.name} onClick={() => onAsk(name)}><code>{name}</code></button> },
                { head: 'Kind', wideOnly: true, render: (name) => <span className={styles.kind}>{metadataOf(metadata, name)?.type ?? ''}</span> },
                { head: 'Help', wideOnly: true, render: (name) => <span className={styles.help}>{metadataOf(metadata, name)?.help ?? ''}</span> },
                { head: 'Series', align: 'right', render: (name) => formatCount(counts?.get(name) ?? 0) === '0' ? '–' : formatCount(counts?.get(name) ?? 0) },
                { head: '', align: 'right', wideOnly: true, render: (name) => <Usual name={name} type={metadataOf(metadata, name)?.type} onAsk={onAsk} /> },
              ]}
            />
          )}
          {found.length > mostRows && <p className={styles.note}>First {mostRows} of {plural(found.length, 'metric')}. Type to narrow.</p>}
        </Panel>
      )}
    </QueryView>
  );
}

function Usual({ name, type, onAsk }: { readonly name: string; readonly type: string | undefined; onAsk(expr: string): void }) {
  const usual = usualQuestion(name, type);
  return usual === undefined ? null : <button type="button" className={styles.usual} title={usual.expr} onClick={() => onAsk(usual.expr)}>{usual.word}</button>;
}
