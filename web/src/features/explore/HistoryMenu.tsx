import { Menu } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { keyText } from '../../state/keys';
import { useSettings } from '../../state/settings';
import styles from './ExplorePage.module.css';

const mostListed = 20;

/** Queries that were run in this browser, the newest first. */
export function HistoryMenu({ onChoose }: { onChoose(expr: string): void }) {
  const { queries } = useSettings();
  return (
    <Menu position="bottom-end" width={480}>
      <Menu.Target>
        <button type="button" className={styles.action}>
          <IconHistory size={14} stroke={1.6} aria-hidden />
          History
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{queries.length === 0 ? 'Nothing was run in this browser yet.' : `Run in this browser · ${keyText('history')} in the editor`}</Menu.Label>
        {queries.slice(0, mostListed).map((expr) => (
          <Menu.Item key={expr} onClick={() => onChoose(expr)}>
            <code className={styles.past}>{expr}</code>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
