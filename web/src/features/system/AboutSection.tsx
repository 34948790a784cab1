import { useBuildInfo, useRuntimeInfo } from '../../api/system';
import { KeyValue } from '../../components/KeyValue';
import { Panel } from '../../components/Panel';
import { QueryView } from '../../components/QueryView';
import { basePath } from '../../lib/basePath';
import styles from './AboutSection.module.css';

/** Which Pharos this is, and what it is made of. */
export function AboutSection() {
  const build = useBuildInfo();
  const runtime = useRuntimeInfo();
  return (
    <>
      <Panel title="Build">
        <QueryView query={build}>{(data) => <Facts facts={data} />}</QueryView>
      </Panel>
      <Panel title="Process">
        <QueryView query={runtime}>{(data) => <Facts facts={data} />}</QueryView>
      </Panel>
      <p className={styles.note}>
        Pharos is under the Apache License 2.0 and sends nothing to anyone outside. The pages are made with the work of others, under{' '}
        <a href={`${basePath()}/licences.txt`}>their licences</a>.
      </p>
    </>
  );
}

function Facts({ facts }: { readonly facts: Readonly<Record<string, string | number | boolean>> }) {
  return <KeyValue left rows={Object.entries(facts).map(([name, value]) => ({ name, value: <code>{String(value) === '' ? '–' : String(value)}</code> }))} />;
}
