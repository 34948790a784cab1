import { Menu } from '@mantine/core';
import { IconAlertCircle, IconAlertTriangle, IconArrowsMaximize, IconArrowsMinimize, IconChartLine, IconDots, IconExternalLink, IconLink, IconMessageCircle } from '@tabler/icons-react';
import { Link, useSearchParams } from 'react-router-dom';
import type { Panel } from '../../../api/dashboards';
import { isSafeLink } from '../../../charts/safeLink';
import { copyText } from '../../../lib/copyText';
import { keyText } from '../../../state/keys';
import { toast } from '../../../state/toasts';
import { metricsAddress } from './metricsAddress';
import styles from './PanelFrame.module.css';
import type { PanelRemark } from './panelRemarks';

interface PanelMenuProps {
  readonly panel: Panel;
  readonly alone: boolean;
  /** What the server said of its queries: read in full here, and by the keys. */
  readonly remarks: readonly PanelRemark[];
  readonly onView: () => void;
}

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;

/** What can be done with a panel, and what it asks for that is not drawn. */
export function PanelMenu({ panel, alone, remarks, onView }: PanelMenuProps) {
  const [params] = useSearchParams();
  const problems = panel.problems ?? [];
  const copy = async () => {
    const address = new URL(window.location.href);
    address.searchParams.set('viewPanel', String(panel.id));
    toast(await copyText(address.href) ? 'Copied' : `The browser does not let this page copy. The address is ${address.href}`);
  };
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <button type="button" className={styles.menu} aria-label={`Menu of ${panel.title === '' ? 'the panel' : panel.title}`}><IconDots {...icon} /></button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={alone ? <IconArrowsMinimize {...icon} /> : <IconArrowsMaximize {...icon} />} rightSection={keyText('viewPanel')} onClick={onView}>
          {alone ? 'Back to all panels' : 'View alone'}
        </Menu.Item>
        {(panel.targets ?? []).length > 0 && (
          <Menu.Item component={Link} to={metricsAddress(panel, params)} leftSection={<IconChartLine {...icon} />} rightSection={keyText('panelMetrics')}>Open in Metrics</Menu.Item>
        )}
        <Menu.Item leftSection={<IconLink {...icon} />} onClick={() => void copy()}>Copy the link</Menu.Item>
        {(panel.links ?? []).filter((link) => isSafeLink(link.url)).map((link) => (
          <Menu.Item key={`${link.title} ${link.url}`} component="a" href={link.url} {...(link.newTab === true ? { target: '_blank', rel: 'noopener noreferrer' } : {})} leftSection={<IconExternalLink {...icon} />}>
            {link.title === '' ? link.url : link.title}
          </Menu.Item>
        ))}
        {remarks.length > 0 && <Menu.Divider />}
        {remarks.map(({ text, part, isWarning }) => (
          <Menu.Label key={text} className={styles.remark}>
            {isWarning ? <IconAlertTriangle size={14} stroke={1.6} aria-hidden className={styles.warning} /> : <IconMessageCircle size={14} stroke={1.6} aria-hidden />} {text}
            {part !== undefined && <code>{part}</code>}
          </Menu.Label>
        ))}
        {problems.length > 0 && (
          <>
            <Menu.Divider />
            <Menu.Label>
              <IconAlertCircle size={14} stroke={1.6} aria-hidden className={styles.warning} /> {problemsSentence(problems)}
            </Menu.Label>
            {problems.map((problem) => <Menu.Label key={`${problem.feature} ${problem.message}`}>{problem.message}</Menu.Label>)}
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** "2 options of this panel are not supported: fillBelowTo, barAlignment". */
export function problemsSentence(problems: readonly { readonly feature: string }[]): string {
  const features = [...new Set(problems.map(({ feature }) => feature))];
  return `${features.length === 1 ? '1 option of this panel is' : `${features.length} options of this panel are`} not supported: ${features.join(', ')}`;
}
