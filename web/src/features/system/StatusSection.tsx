import { useSystemStatus } from '../../api/system';
import { KeyValue } from '../../components/KeyValue';
import { Panel } from '../../components/Panel';
import { QueryView } from '../../components/QueryView';
import { StateMark, type State } from '../../components/StateMark';
import { formatDuration } from '../../lib/formatDuration';
import { describeTime, formatDateTime } from '../../lib/formatTime';
import { plural } from '../../lib/plural';
import { useZone } from '../../state/zone';
import styles from './StatusSection.module.css';

const states: Readonly<Record<'ok' | 'warning' | 'error' | 'off', State>> = { ok: 'ok', warning: 'warning', error: 'error', off: 'off' };

/** Each part of Pharos: how it is, and what to do when it is not well. */
export function StatusSection() {
  const status = useSystemStatus();
  const zone = useZone();
  return (
    <QueryView query={status}>
      {({ components, startedAt, uptimeMs, version, revision, dataFolder, asOf }) => {
        const unwell = components.filter((component) => component.state === 'warning' || component.state === 'error').length;
        return (
          <>
            <p className={styles.sentence}>{unwell === 0 ? 'Every part of Pharos is well.' : `${plural(unwell, 'part')} of Pharos ${unwell === 1 ? 'needs' : 'need'} attention.`}</p>
            <Panel title="Parts" flush>
              <ul className={styles.parts}>
                {components.map((component) => (
                  <li key={component.name} className={styles.part}>
                    <StateMark state={states[component.state]} label={component.state} />
                    <strong className={styles.name}>{component.name}</strong>
                    <span className={styles.text}>
                      <span data-state={component.state}>{component.text}</span>
                      {component.fix !== undefined && <span className={styles.fix}> {component.fix}</span>}
                    </span>
                  </li>
                ))}
              </ul>
            </Panel>
            <Panel title="Process">
              <KeyValue
                left
                rows={[
                  { name: 'Version', value: revision === '' ? version : `${version}, ${revision.slice(0, 12)}` },
                  { name: 'Started', value: <time title={describeTime(startedAt, asOf, zone)}>{formatDateTime(startedAt, zone)}</time> },
                  { name: 'Running for', value: formatDuration(uptimeMs) },
                  { name: 'Data folder', value: <code>{dataFolder}</code> },
                ]}
              />
            </Panel>
          </>
        );
      }}
    </QueryView>
  );
}
