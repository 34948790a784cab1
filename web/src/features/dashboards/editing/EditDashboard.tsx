import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { readStoredDashboard } from '../../../api/dashboards';
import { queryKeys } from '../../../api/queryKeys';
import { BarButton } from '../../../components/BarButton';
import { ErrorNotice } from '../../../components/ErrorNotice';
import { LoadingFrame } from '../../../components/LoadingFrame';
import { describePlace } from '../../../lib/errorPlace';
import { plural } from '../../../lib/plural';
import { keyText, useKey } from '../../../state/keys';
import { DashboardView } from '../DashboardView';
import styles from './EditDashboard.module.css';
import { changedParts, parseDashboardText } from './jsonText';
import { SaveBar } from './SaveBar';
import { usePreview } from './usePreview';

const JsonEditor = lazy(async () => ({ default: (await import('./JsonEditor')).JsonEditor }));

interface EditDashboardProps {
  readonly uid: string;
  readonly onClose: () => void;
}

/** A dashboard's JSON at the left, and what it will look like at the right. */
export function EditDashboard({ uid, onClose }: EditDashboardProps) {
  const stored = useQuery({ queryKey: queryKeys.dashboard(uid, 'stored'), queryFn: ({ signal }) => readStoredDashboard(uid, signal), staleTime: Infinity, gcTime: 0 });
  if (stored.data === undefined) {
    return stored.error === null ? <LoadingFrame height={320} /> : <ErrorNotice error={stored.error} actions={<BarButton onClick={onClose}>Back to the dashboard</BarButton>} />;
  }
  return <Editor key={stored.data.meta.version ?? 0} stored={stored.data} onClose={onClose} onReload={() => void stored.refetch()} />;
}

interface EditorProps {
  readonly stored: Awaited<ReturnType<typeof readStoredDashboard>>;
  readonly onClose: () => void;
  readonly onReload: () => void;
}

function Editor({ stored, onClose, onReload }: EditorProps) {
  const [initial] = useState(() => JSON.stringify(stored.dashboard, null, 2));
  const [text, setText] = useState(initial);
  const [reveal, setReveal] = useState<{ offset: number } | undefined>();
  const parsed = parseDashboardText(text);
  const preview = usePreview(text);
  const changes = parsed.ok ? changedParts(stored.dashboard, parsed.value) : [];
  useKey('run', preview.show);
  const { offset } = parsed.ok ? {} : parsed.place ?? {};
  return (
    <div className={styles.edit}>
      <div className={styles.left}>
        <div className={styles.editor}>
          <Suspense fallback={<LoadingFrame height={320} />}>
            <JsonEditor initial={initial} onChange={setText} {...(reveal === undefined ? {} : { reveal })} />
          </Suspense>
        </div>
        {!parsed.ok && (
          <p className={styles.note} role="alert">
            {parsed.message} {describePlace(parsed.place)}{' '}
            {offset !== undefined && <BarButton onClick={() => { setReveal({ offset }); }}>Go there</BarButton>}
          </p>
        )}
        <div className={styles.buttons}>
          <BarButton onClick={preview.show} disabled={!parsed.ok} title={`Preview · ${keyText('run')}`}>Preview</BarButton>
          <BarButton onClick={onClose}>Close without saving</BarButton>
          <p className={styles.note}>{changes.length === 0 ? 'Nothing is changed.' : `Changes ${changes.join(', ')}.`}</p>
        </div>
        <SaveBar stored={stored} edited={parsed.ok ? parsed.value : undefined} changed={changes.length > 0} onSaved={onClose} onReload={onReload} />
      </div>
      <div className={styles.right}>
        {preview.error !== null && <ErrorNotice error={preview.error} title="This cannot be drawn." />}
        {preview.check !== undefined && (
          <p className={styles.note}>{`${plural(preview.check.panels, 'panel')}, ${plural(preview.check.problems.length, 'thing')} not drawn.`}</p>
        )}
        {preview.dashboard === undefined ? preview.error === null && <p className={styles.note}>Preview shows the dashboard here before it is saved.</p>
          : <DashboardView key={preview.number} dashboard={preview.dashboard} />}
      </div>
    </div>
  );
}
