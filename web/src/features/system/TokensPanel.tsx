import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApiError } from '../../api/apiError';
import { queryKeys } from '../../api/queryKeys';
import { deleteToken, useTokens, type Token } from '../../api/system';
import { ConfirmButton } from '../../components/ConfirmButton';
import { ErrorNotice } from '../../components/ErrorNotice';
import { Panel } from '../../components/Panel';
import { QueryView } from '../../components/QueryView';
import { RowTable } from '../../components/RowTable';
import { copyText } from '../../lib/copyText';
import { describeTime, formatWhen } from '../../lib/formatTime';
import { toast } from '../../state/toasts';
import { useNow } from '../../state/useNow';
import { useZone } from '../../state/zone';
import form from './InlineForm.module.css';
import { NewTokenForm } from './NewTokenForm';

/** What programs sign in with. The secret of a token is shown once, when it is made. */
export function TokensPanel() {
  const client = useQueryClient();
  const tokens = useTokens();
  const [isAdding, setAdding] = useState(false);
  const [made, setMade] = useState<{ readonly name: string; readonly secret: string }>();
  const now = useNow();
  const zone = useZone();
  const attempt = useMutation<unknown, ApiError, string>({
    mutationFn: deleteToken,
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.tokens() }),
  });

  async function copy(secret: string): Promise<void> {
    toast((await copyText(secret)) ? 'Copied' : 'The browser does not let this page copy. Select the text.');
  }

  return (
    <Panel
      title="Tokens"
      note="for programs"
      flush
      actions={
        <Button size="xs" onClick={() => setAdding(!isAdding)} aria-expanded={isAdding}>
          New token
        </Button>
      }
    >
      {isAdding && (
        <NewTokenForm
          onMade={(name, secret) => {
            setMade({ name, secret });
            setAdding(false);
          }}
        />
      )}
      {made !== undefined && (
        <div className={form.secret} role="status">
          <strong>{made.name}</strong> <code>{made.secret}</code>
          <Button size="xs" onClick={() => void copy(made.secret)}>
            Copy
          </Button>
          <Button size="xs" onClick={() => setMade(undefined)}>
            I have it
          </Button>
          It is not shown again.
        </div>
      )}
      {attempt.error !== null && <ErrorNotice error={attempt.error} />}
      <QueryView query={tokens}>
        {(data) =>
          data.length === 0 ? (
            <p className={form.none}>No program has a token yet.</p>
          ) : (
            <RowTable<Token>
              label="Tokens"
              rows={data}
              rowKey={(token) => token.name}
              columns={[
                { head: 'Name', render: (token) => token.name },
                { head: 'Scope', render: (token) => token.scope },
                { head: 'Created', wideOnly: true, render: (token) => <Moment at={token.createdAt} now={now} zone={zone} /> },
                { head: 'Ends', render: (token) => (token.expiresAt === undefined ? 'never' : <Moment at={token.expiresAt} now={now} zone={zone} />) },
                {
                  head: <span className="ph-hidden">Actions</span>,
                  align: 'right',
                  render: (token) => (
                    <ConfirmButton
                      verb={`Revoke ${token.name}`}
                      effect={`Programs that use ${token.name} are refused from now on.`}
                      disabled={attempt.isPending}
                      onConfirm={() => attempt.mutate(token.name)}
                    >
                      Revoke
                    </ConfirmButton>
                  ),
                },
              ]}
            />
          )
        }
      </QueryView>
    </Panel>
  );
}

function Moment({ at, now, zone }: { readonly at: number | undefined; readonly now: number; readonly zone: string }) {
  return at === undefined ? '–' : <span title={describeTime(at, now, zone)}>{formatWhen(at, now, zone)}</span>;
}
