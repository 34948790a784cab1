import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { ApiError } from '../../../api/apiError';
import { saveDashboard, type StoredDashboard } from '../../../api/dashboards';
import { queryKeys } from '../../../api/queryKeys';
import { BarButton } from '../../../components/BarButton';
import { ErrorNotice } from '../../../components/ErrorNotice';
import { omit } from '../../../lib/omit';
import { keyText, useKey } from '../../../state/keys';
import { toast } from '../../../state/toasts';
import styles from './EditDashboard.module.css';

interface SaveBarProps {
  readonly stored: StoredDashboard;
  /** Undefined while what is typed is no dashboard. */
  readonly edited: Readonly<Record<string, unknown>> | undefined;
  readonly changed: boolean;
  readonly onSaved: () => void;
  readonly onReload: () => void;
}

/** Saves in place, or as another dashboard where a file rules this one. A conflict of versions is told, never overwritten unasked. */
export function SaveBar({ stored, edited, changed, onSaved, onReload }: SaveBarProps) {
  const [message, setMessage] = useState('');
  const client = useQueryClient();
  const navigate = useNavigate();
  const provisioned = stored.meta.provisioned === true;
  const mutation = useMutation({
    mutationFn: ({ asCopy, overwrite }: { asCopy: boolean; overwrite: boolean }) => {
      const dashboard = edited ?? stored.dashboard;
      return saveDashboard({
        dashboard: asCopy ? copyOf(dashboard) : { ...dashboard, version: stored.dashboard['version'] ?? stored.meta.version ?? 0 },
        overwrite, message, ...(stored.meta.folderUid === undefined ? {} : { folderUid: stored.meta.folderUid }),
      });
    },
    onSuccess: async ({ uid, version }, { asCopy }) => {
      await client.invalidateQueries({ queryKey: queryKeys.dashboards() });
      toast(asCopy ? 'Saved as another dashboard' : `Saved as version ${version}`);
      if (asCopy) {
        await navigate(`/d/${encodeURIComponent(uid)}`);
      } else {
        onSaved();
      }
    },
  });
  const save = () => { mutation.mutate({ asCopy: provisioned, overwrite: false }); };
  const possible = edited !== undefined && changed && !mutation.isPending;
  useKey('save', save, possible);
  const conflict = mutation.error instanceof ApiError && (mutation.error.status === 409 || mutation.error.status === 412);
  return (
    <>
      {mutation.error !== null && (
        <ErrorNotice
          error={mutation.error} title={conflict ? 'Somebody saved another version in the meantime.' : 'This was not saved.'}
          actions={conflict ? (
            <>
              <BarButton onClick={onReload}>Load the other version, and lose this one</BarButton>
              <BarButton onClick={() => { mutation.mutate({ asCopy: false, overwrite: true }); }}>Save over it</BarButton>
            </>
          ) : undefined}
        />
      )}
      <div className={styles.buttons}>
        <input className={styles.message} aria-label="What was changed" placeholder="What was changed" value={message} onChange={(event) => { setMessage(event.currentTarget.value); }} />
        {!provisioned && <BarButton onClick={save} disabled={!possible} title={`Save · ${keyText('save')}`}>Save</BarButton>}
        <BarButton onClick={() => { mutation.mutate({ asCopy: true, overwrite: false }); }} disabled={edited === undefined || mutation.isPending}>Save as another dashboard</BarButton>
      </div>
      {provisioned && <p className={styles.note}>A file rules this dashboard, so it is saved as another one.</p>}
    </>
  );
}

/** Without what makes it the same one; the server gives it a new identity. */
function copyOf(dashboard: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { title } = dashboard;
  return { ...omit(omit(omit(dashboard, 'uid'), 'id'), 'version'), title: `${typeof title === 'string' ? title : 'Dashboard'} copy` };
}
