import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useSearchParams } from 'react-router-dom';
import type { ApiError } from '../../api/apiError';
import { queryKeys } from '../../api/queryKeys';
import { useMay } from '../../api/session';
import { reload, useConfiguration, useFlags, type Configuration } from '../../api/system';
import { CodeLines } from '../../components/CodeLines';
import { EmptyState } from '../../components/EmptyState';
import { ErrorNotice } from '../../components/ErrorNotice';
import { Panel } from '../../components/Panel';
import { QueryView } from '../../components/QueryView';
import { describeTime, formatClock, formatWhen } from '../../lib/formatTime';
import { plural } from '../../lib/plural';
import { useNow } from '../../state/useNow';
import { useZone } from '../../state/zone';
import styles from './ConfigurationSection.module.css';

/** The files that are in force, with the last reload and where it failed. */
export function ConfigurationSection() {
  const configuration = useConfiguration();
  return <QueryView query={configuration}>{(data) => <Files configuration={data} />}</QueryView>;
}

function Files({ configuration }: { readonly configuration: Configuration }) {
  const { files, lastReload, loadedAt } = configuration;
  const [params, setParams] = useSearchParams();
  const zone = useZone();
  const now = useNow();
  const place = lastReload.error?.place;
  const failed = files.find((file) => place?.file !== undefined && (file.path === place.file || file.path.endsWith(`/${place.file}`)));
  const opened = files.find((file) => file.path === params.get('file')) ?? failed ?? files[0];

  function open(path: string): void {
    setParams((old) => {
      const next = new URLSearchParams(old);
      next.set('file', path);
      return next;
    });
  }

  return (
    <>
      {!lastReload.ok && lastReload.error !== undefined && (
        <ErrorNotice
          title={`Reload failed at ${formatClock(lastReload.time, zone, true)}. Pharos still runs the configuration of ${formatClock(loadedAt, zone)}.`}
          error={Object.assign(new Error(lastReload.error.message), { place })}
        />
      )}
      <div className={styles.head}>
        <p className={styles.note}>
          {plural(files.length, 'file')}, in force since{' '}
          <time title={describeTime(loadedAt, now, zone)}>{formatWhen(loadedAt, now, zone)}</time>. Secrets are left out.
        </p>
        <ReloadButton />
      </div>
      {opened === undefined ? (
        <EmptyState title="No files">Pharos runs with its built-in configuration. A folder or file is given with --config.folder or --config.file.</EmptyState>
      ) : (
        <Panel flush>
          <div className={styles.tabs} role="tablist" aria-label="Files">
            {files.map((file) => (
              <button key={file.path} type="button" role="tab" className={styles.tab} aria-selected={file === opened} title={`${file.kind}: ${file.path}`} onClick={() => open(file.path)}>
                {shortName(file.path)}
              </button>
            ))}
          </div>
          <p className={styles.path}>
            <code>{opened.path}</code> {opened.kind}
          </p>
          <CodeLines text={opened.text} label={opened.path} line={opened === failed ? place?.line : undefined} language={/\.json$/.test(opened.path) ? 'plain' : 'yaml'} />
        </Panel>
      )}
    </>
  );
}

function ReloadButton() {
  const client = useQueryClient();
  const isAdmin = useMay('Admin');
  const flags = useFlags();
  const attempt = useMutation<unknown, ApiError>({
    mutationFn: reload,
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.configuration() }),
  });
  if (!isAdmin || flags.data === undefined) {
    return null;
  }

  const isEnabled = flags.data['web.enable-lifecycle'] === 'true';
  return (
    <Button
      disabled={!isEnabled || attempt.isPending}
      title={isEnabled ? 'Read the files anew and put them in force' : 'Reloading over HTTP is off: --web.enable-lifecycle'}
      onClick={() => attempt.mutate()}
    >
      Reload
    </Button>
  );
}

function shortName(path: string): string {
  return path.split('/').slice(-2).join('/');
}
