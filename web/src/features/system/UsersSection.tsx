import { Button, Select } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApiError } from '../../api/apiError';
import { queryKeys } from '../../api/queryKeys';
import { useSession, type Role } from '../../api/session';
import { changeUser, deleteUser, useUsers, type User } from '../../api/system';
import { ConfirmButton } from '../../components/ConfirmButton';
import { ErrorNotice } from '../../components/ErrorNotice';
import { Panel } from '../../components/Panel';
import { QueryView } from '../../components/QueryView';
import { RowTable } from '../../components/RowTable';
import { describeTime, formatWhen } from '../../lib/formatTime';
import { useNow } from '../../state/useNow';
import { useZone } from '../../state/zone';
import { NewUserForm } from './NewUserForm';
import { roles } from './roles';
import { TokensPanel } from './TokensPanel';
import styles from './UsersSection.module.css';

/** Who may do what: people and programs. */
export function UsersSection() {
  return (
    <>
      <UsersPanel />
      <TokensPanel />
    </>
  );
}

type Change = { readonly name: string; readonly role: Role } | { readonly name: string; readonly delete: true };

function UsersPanel() {
  const client = useQueryClient();
  const users = useUsers();
  const { data: session } = useSession();
  const [isAdding, setAdding] = useState(false);
  const now = useNow();
  const zone = useZone();
  const attempt = useMutation<unknown, ApiError, Change>({
    mutationFn: (change) => ('role' in change ? changeUser(change.name, { role: change.role }) : deleteUser(change.name)),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.users() }),
  });
  const when = (at: number | undefined): string => (at === undefined ? '–' : formatWhen(at, now, zone));
  const title = (at: number | undefined): string | undefined => (at === undefined ? undefined : describeTime(at, now, zone));
  return (
    <Panel
      title="Users"
      flush
      actions={
        <Button size="xs" onClick={() => setAdding(!isAdding)} aria-expanded={isAdding}>
          New user
        </Button>
      }
    >
      {isAdding && <NewUserForm onDone={() => setAdding(false)} />}
      {attempt.error !== null && <ErrorNotice error={attempt.error} />}
      <QueryView query={users}>
        {(data) => (
          <RowTable<User>
            label="Users"
            rows={data}
            rowKey={(user) => user.name}
            columns={[
              {
                head: 'Name',
                render: (user) => (
                  <>
                    <strong className={styles.name}>{user.name}</strong>
                    {user.mustChangePassword && <span className={styles.note}> chooses a password at the next sign-in</span>}
                  </>
                ),
              },
              {
                head: 'Role',
                // Nobody takes the role from themselves: there would be no way back.
                render: (user) =>
                  user.name === session?.name ? (
                    user.role
                  ) : (
                    <Select
                      size="xs"
                      w={110}
                      aria-label={`Role of ${user.name}`}
                      data={[...roles]}
                      value={user.role}
                      disabled={attempt.isPending}
                      onChange={(role) => {
                        if (role !== null && role !== user.role) {
                          attempt.mutate({ name: user.name, role });
                        }
                      }}
                    />
                  ),
              },
              { head: 'Created', wideOnly: true, render: (user) => <span title={title(user.createdAt)}>{when(user.createdAt)}</span> },
              { head: 'Last sign-in', wideOnly: true, render: (user) => <span title={title(user.lastSignIn)}>{when(user.lastSignIn)}</span> },
              {
                head: <span className="ph-hidden">Actions</span>,
                align: 'right',
                render: (user) =>
                  user.name !== session?.name && (
                    <ConfirmButton
                      verb={`Delete ${user.name}`}
                      effect={`${user.name} is signed out everywhere and cannot sign in again. What they made stays.`}
                      disabled={attempt.isPending}
                      onConfirm={() => attempt.mutate({ name: user.name, delete: true })}
                    >
                      Delete
                    </ConfirmButton>
                  ),
              },
            ]}
          />
        )}
      </QueryView>
    </Panel>
  );
}
