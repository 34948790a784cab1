import { TextInput } from '@mantine/core';
import { useRef } from 'react';
import { useSearchParams } from 'react-router-dom';
import { useFlags } from '../../api/system';
import { Panel } from '../../components/Panel';
import { QueryView } from '../../components/QueryView';
import { RowTable } from '../../components/RowTable';
import { keyText, useKey } from '../../state/keys';
import styles from './FlagsSection.module.css';

/** Every flag and its value, as the process was started. */
export function FlagsSection() {
  const flags = useFlags();
  const [params, setParams] = useSearchParams();
  const field = useRef<HTMLInputElement>(null);
  const filter = params.get('filter') ?? '';
  useKey('filter', () => field.current?.focus());
  return (
    <>
      <TextInput
        ref={field}
        className={styles.filter ?? ''}
        aria-label="Filter of flags"
        placeholder={`Name or value · ${keyText('filter')}`}
        value={filter}
        onChange={(event) => setParams(event.currentTarget.value === '' ? {} : { filter: event.currentTarget.value }, { replace: true })}
      />
      <QueryView query={flags}>
        {(data) => {
          const rows = Object.entries(data).filter(([name, value]) => `--${name}=${value}`.includes(filter));
          return (
            <Panel flush>
              {rows.length === 0 ? (
                <p className={styles.none}>No flag has “{filter}” in its name or value.</p>
              ) : (
                <RowTable
                  label="Flags"
                  rows={rows}
                  rowKey={([name]) => name}
                  columns={[
                    { head: 'Flag', render: ([name]) => <code>--{name}</code> },
                    { head: 'Value', render: ([, value]) => <code className={styles.value}>{value === '' ? '–' : value}</code> },
                  ]}
                />
              )}
            </Panel>
          );
        }}
      </QueryView>
    </>
  );
}
