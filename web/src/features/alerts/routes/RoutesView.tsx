import { useRoutes, type RouteNode, type RoutesAnswer } from '../../../api/alerts';
import { Panel } from '../../../components/Panel';
import { QueryView } from '../../../components/QueryView';
import { RowTable } from '../../../components/RowTable';
import { StateMark } from '../../../components/StateMark';
import { formatDuration } from '../../../lib/formatDuration';
import { describeTime, formatWhen } from '../../../lib/formatTime';
import { plural } from '../../../lib/plural';
import { useNow } from '../../../state/useNow';
import { useZone } from '../../../state/zone';
import styles from './RoutesView.module.css';

/** Which way alerts go: the tree with how many go where now, and how the receivers do. */
export function RoutesView() {
  const routes = useRoutes();
  return (
    <QueryView query={routes} loadingHeight={320}>
      {(answer) => (
        <>
          <Panel flush title="Routes" note="from the top; the deepest that fits takes the alert" actions={answer.file !== undefined && <code>{answer.file}</code>}>
            <ul className={styles.tree}>
              <Node node={answer.route} isRoot />
            </ul>
          </Panel>
          <Receivers answer={answer} />
        </>
      )}
    </QueryView>
  );
}

function Node({ node, isRoot = false }: { readonly node: RouteNode; readonly isRoot?: boolean }) {
  const grouping = node.groupBy.length === 0 ? 'all in one group' : node.groupBy[0] === '...' ? 'each alert by itself' : `by ${node.groupBy.join(', ')}`;
  return (
    <li>
      <div className={styles.node} data-idle={node.alerts === 0 || undefined}>
        <span className={styles.matchers}>
          {node.matchers.length === 0 ? <span className={styles.every}>{isRoot ? 'every alert' : 'what is left'}</span> : node.matchers.map((matcher) => <code key={matcher} className={styles.matcher}>{matcher}</code>)}
        </span>
        <span className={styles.receiver}>→ {node.receiver}</span>
        {node.alerts > 0 && <span className={styles.alerts}>{plural(node.alerts, 'alert')}</span>}
        {node.continue && <span className={styles.note}>goes on to the next route</span>}
        <span className={styles.timing}>
          {grouping}; waits {formatDuration(node.groupWaitMs)}, then every {formatDuration(node.groupIntervalMs)}, again after {formatDuration(node.repeatIntervalMs)}
        </span>
        {node.hint !== undefined && (
          <span className={styles.hint}>
            <StateMark state="warning" /> {node.hint}
          </span>
        )}
      </div>
      {node.routes.length > 0 && <ul className={styles.children}>{node.routes.map((child) => <Node key={child.id} node={child} />)}</ul>}
    </li>
  );
}

function Receivers({ answer }: { readonly answer: RoutesAnswer }) {
  const zone = useZone();
  const now = useNow();
  return (
    <Panel flush title="Receivers" className={styles.receivers}>
      <RowTable
        label="Receivers"
        rows={answer.receivers}
        rowKey={(receiver) => receiver.name}
        columns={[
          { head: 'Receiver', render: (receiver) => <strong className={styles.name}>{receiver.name}</strong> },
          { head: 'By', render: (receiver) => (receiver.integrations.length === 0 ? 'nobody is told' : receiver.integrations.join(', ')) },
          { head: 'Last sent', render: (receiver) => (receiver.lastSentAt === undefined ? '–' : <time title={describeTime(receiver.lastSentAt, now, zone)}>{formatWhen(receiver.lastSentAt, now, zone)}</time>) },
          { head: 'Last error', render: (receiver) => (receiver.lastError === undefined ? '–' : <span className={styles.error}>{receiver.lastError}</span>) },
        ]}
      />
    </Panel>
  );
}
