import { useSession } from '../../api/session';
import { useBuildInfo, useRuntimeInfo } from '../../api/system';
import { KeyValue } from '../../components/KeyValue';
import { Panel } from '../../components/Panel';
import { QueryView } from '../../components/QueryView';
import { basePath } from '../../lib/basePath';
import styles from './AboutSection.module.css';

const buildNames = { own: 'Pharos', revision: 'Revision', version: 'Answers as Prometheus', goVersion: 'Runtime' };

const runtimeNames = {
  startTime: 'Started',
  CWD: 'Working folder',
  hostname: 'Host',
  storageRetention: 'Retention',
  lastConfigTime: 'Configuration of',
  GOMAXPROCS: 'Processors',
};

/** Which Pharos this is, and what it is made of. */
export function AboutSection() {
  const { data: session } = useSession();
  const build = useBuildInfo();
  const runtime = useRuntimeInfo();
  return (
    <>
      <Panel title="Build">
        <QueryView query={build}>{(data) => <Facts facts={{ ...data, own: session?.version ?? '' }} names={buildNames} />}</QueryView>
      </Panel>
      <Panel title="Process">
        <QueryView query={runtime}>{(data) => <Facts facts={data} names={runtimeNames} />}</QueryView>
      </Panel>
      <p className={styles.note}>
        Pharos is under the Apache License 2.0 and sends nothing to anyone outside. The pages are made with the work of others, under{' '}
        <a href={`${basePath()}/licences.txt`}>their licences</a>.
      </p>
    </>
  );
}

interface FactsProps {
  readonly facts: Readonly<Record<string, string | number | boolean>>;
  /** What is shown, and how it is called here. */
  readonly names: Readonly<Record<string, string>>;
}

function Facts({ facts, names }: FactsProps) {
  const rows = Object.entries(names).flatMap(([key, name]) => {
    const value = facts[key];
    return value === undefined || value === '' ? [] : [{ name, value: <code>{String(value)}</code> }];
  });
  return <KeyValue left rows={rows} />;
}
