import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import type { ApiError } from '../../../api/apiError';
import type { Rule, RuleGroup } from '../../../api/rules';
import { EmptyState } from '../../../components/EmptyState';
import { Panel } from '../../../components/Panel';
import { QueryView } from '../../../components/QueryView';
import { RowTable } from '../../../components/RowTable';
import { StateMark, type State } from '../../../components/StateMark';
import { formatDuration } from '../../../lib/formatDuration';
import { describeTime, formatAge } from '../../../lib/formatTime';
import { matchesLabels, type ParsedMatchers } from '../../../lib/matchers';
import { plural } from '../../../lib/plural';
import { shortFile } from '../../../lib/shortFile';
import { useZone } from '../../../state/zone';
import { ruleState, type RuleState } from './ruleState';
import styles from './RulesView.module.css';

interface RulesViewProps {
  readonly rules: UseQueryResult<readonly RuleGroup[], ApiError>;
  readonly filter: ParsedMatchers;
  readonly now: number;
}

const marks: Readonly<Record<RuleState, State>> = { firing: 'firing', pending: 'pending', inactive: 'ok', error: 'error', unknown: 'unknown', recording: 'ok' };

/** Every group with its rules: state, health, when and how long it was evaluated, and where it stands. */
export function RulesView({ rules, filter, now }: RulesViewProps) {
  return (
    <QueryView query={rules} loadingHeight={320}>
      {(groups) => {
        const shown = groups.map((group) => ({ ...group, rules: group.rules.filter((rule) => fits(rule, group, filter)) })).filter((group) => group.rules.length > 0);
        return groups.length === 0 ? (
          <EmptyState title="No rules yet" hint={<>Name files in <code>rule_files</code> of prometheus.yml, then reload.</>}>A rule asks a question at every interval: it records the answer, or alerts when there is one.</EmptyState>
        ) : shown.length === 0 ? (
          <EmptyState title="No rule matches">{plural(groups.reduce((sum, group) => sum + group.rules.length, 0), 'rule')} are there with another name or other labels.</EmptyState>
        ) : (
          shown.map((group) => <Group key={`${group.file} ${group.name}`} group={group} now={now} />)
        );
      }}
    </QueryView>
  );
}

function Group({ group, now }: { readonly group: RuleGroup; readonly now: number }) {
  const zone = useZone();
  return (
    <Panel
      flush className={styles.group} title={group.name}
      note={`every ${formatDuration(group.interval * 1000)}, took ${formatDuration(group.evaluationTime * 1000)}`}
      actions={<code className={styles.file} title={group.file}>{shortFile(group.file)}</code>}
    >
      <RowTable<Rule>
        label={`Rules of ${group.name}`}
        rows={group.rules}
        rowKey={(rule) => `${rule.name} ${rule.line ?? ''} ${JSON.stringify(rule.labels ?? {})} ${rule.query}`}
        columns={[
          { head: 'State', render: (rule) => <StateCell state={ruleState(rule)} /> },
          {
            head: 'Rule',
            render: (rule) => (
              <div className={styles.rule}>
                <span className={styles.name}>
                  {rule.name} {rule.duration !== undefined && rule.duration > 0 && <span className={styles.note}>for {formatDuration(rule.duration * 1000)}</span>}
                </span>
                <Link className={styles.expr} to={`/query?${new URLSearchParams({ q: rule.query }).toString()}`} title="Open on Metrics"><code>{rule.query}</code></Link>
                {rule.lastError !== undefined && rule.lastError !== '' && <span className={styles.error}>{rule.lastError}</span>}
              </div>
            ),
          },
          { head: 'Evaluated', align: 'right', wideOnly: true, render: (rule) => <Evaluated rule={rule} now={now} zone={zone} /> },
          { head: 'Took', align: 'right', wideOnly: true, render: (rule) => (isEvaluated(rule) ? formatDuration(rule.evaluationTime * 1000) : '–') },
          { head: 'Line', align: 'right', wideOnly: true, render: (rule) => (rule.line === undefined ? '–' : <code title={`${group.file}:${rule.line}`}>{rule.line}</code>) },
        ]}
      />
    </Panel>
  );
}

function StateCell({ state }: { readonly state: RuleState }) {
  return (
    <span className={styles.state} data-state={state}>
      <StateMark state={marks[state]} /> {state}
    </span>
  );
}

function Evaluated({ rule, now, zone }: { readonly rule: Rule; readonly now: number; readonly zone: string }) {
  const at = Date.parse(rule.lastEvaluation);
  return isEvaluated(rule) ? <time title={describeTime(at, now, zone)}>{formatAge(Math.min(at, now), now)}</time> : <>–</>;
}

// Upstream writes the year 1 for what never was.
function isEvaluated(rule: Rule): boolean {
  return Date.parse(rule.lastEvaluation) > 0;
}

function fits(rule: Rule, group: RuleGroup, filter: ParsedMatchers): boolean {
  const labels = { ...rule.labels, alertname: rule.name, __name__: rule.name };
  return matchesLabels(filter.matchers, labels) && filter.words.every((word) => [rule.name, rule.query, group.name, group.file].some((text) => text.toLowerCase().includes(word.toLowerCase())));
}
