import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { useAlerts } from '../../api/alerts';
import { useRules } from '../../api/rules';
import { useSilences } from '../../api/silences';
import { useMay } from '../../api/session';
import { Page } from '../../components/Page';
import { QueryView } from '../../components/QueryView';
import { SplitView } from '../../components/SplitView';
import { OldBadge } from '../../components/OldBadge';
import { parseMatchers } from '../../lib/matchers';
import { useKey } from '../../state/keys';
import { useNow } from '../../state/useNow';
import { useZone } from '../../state/zone';
import { AlertTabs } from './AlertTabs';
import { AlertCard } from './card/AlertCard';
import { AlertFilters } from './list/AlertFilters';
import { AlertList } from './list/AlertList';
import { arrange, type Shown } from './list/arrange';
import { RoutesView } from './routes/RoutesView';
import { RulesView } from './rules/RulesView';
import { SentView } from './sent/SentView';
import { useListCursor } from './useListCursor';

/** What is firing, why, and who was told; `view` of the address: rules, routes, sent messages. */
export function AlertsPage() {
  const [params] = useSearchParams();
  switch (params.get('view')) {
    case 'routes':
      return (
        <Page title="Routes" parents={[{ title: 'Alerts', to: '/alerts' }]} tabs={<AlertTabs />}>
          <RoutesView />
        </Page>
      );
    case 'sent':
      return (
        <Page title="Sent" parents={[{ title: 'Alerts', to: '/alerts' }]} tabs={<AlertTabs />}>
          <SentView />
        </Page>
      );
    default:
      return <AlertsAndRules />;
  }
}

/** Older than this without an answer, the list says when it was right. */
const oldMs = 60_000;

function AlertsAndRules() {
  const [params, setParams] = useSearchParams();
  const alerts = useAlerts();
  const rules = useRules();
  const silences = useSilences();
  const now = useNow(5000);
  const zone = useZone();
  const [filterText, opened] = [params.get('filter') ?? '', params.get('alert') ?? undefined];
  const isRules = params.get('view') === 'rules';
  const shown = shownOf(params.get('show'));
  const filter = parseMatchers(filterText);
  const arranged = alerts.data === undefined ? undefined : arrange(alerts.data, shown, filter);
  const order = isRules ? [] : arranged?.order ?? [];

  const change = (edit: (next: URLSearchParams) => void, replace = false): void => {
    setParams((old) => {
      const next = new URLSearchParams(old);
      edit(next);
      return next;
    }, { replace });
  };
  const open = (fingerprint: string): void => change((next) => next.set('alert', fingerprint));
  const close = (): void => change((next) => next.delete('alert'));
  const current = useListCursor(order.map(({ key }) => key), order.find(({ alert }) => alert.fingerprint === opened)?.key, (key) => {
    const found = order.find((one) => one.key === key);
    if (found !== undefined) {
      open(found.alert.fingerprint);
    }
  });
  const marked = order.find(({ key }) => key === current)?.alert.fingerprint;
  const [silencing, setSilencing] = useState<string | undefined>();
  const mayEdit = useMay('Editor');
  const meant = marked ?? opened;
  useKey('silence', () => {
    if (meant !== undefined) {
      setSilencing(meant);
      if (meant !== opened) {
        open(meant);
      }
    }
  }, mayEdit && meant !== undefined);

  const failedOld = alerts.isError && alerts.data !== undefined && now - alerts.data.asOf > oldMs ? alerts.data.asOf : undefined;
  return (
    <Page
      title="Alerts" bare time={opened !== undefined} loading={alerts.isFetching && alerts.data === undefined} tabs={<AlertTabs isOpened={opened !== undefined} />}
      {...(failedOld === undefined ? {} : { buttons: <OldBadge at={failedOld} zone={zone} /> })}
    >
      <SplitView
        openedLabel="Opened alert"
        onClose={close}
        opened={opened === undefined ? undefined : <AlertCard key={opened} fingerprint={opened} all={alerts.data} isSilencing={silencing === opened} onSilence={() => setSilencing(opened)} />}
        list={
          <>
            <AlertFilters
              counts={alerts.data?.counts}
              rules={rules.data?.reduce((sum, group) => sum + group.rules.length, 0)}
              shown={isRules ? 'rules' : shown}
              filter={filterText}
              error={filter.error}
              onShow={(wanted) => change((next) => {
                next.delete('show');
                next.delete('view');
                if (wanted === 'rules' && !isRules) {
                  next.set('view', 'rules');
                } else if (wanted !== 'rules' && (wanted !== shown || isRules)) {
                  next.set('show', wanted);
                }
              })}
              onFilter={(text) => change((next) => {
                if (text === '') {
                  next.delete('filter');
                } else {
                  next.set('filter', text);
                }
              }, true)}
            />
            {isRules ? (
              <RulesView rules={rules} filter={filter} now={now} />
            ) : (
              <QueryView query={alerts} loadingHeight={320}>
                {(answer) => arranged !== undefined && (
                  <AlertList
                    answer={answer} arranged={arranged} silences={silences.data ?? []} now={now} isFiltered={shown !== undefined || filterText !== ''}
                    current={current} opened={opened} onOpen={open}
                  />
                )}
              </QueryView>
            )}
          </>
        }
      />
    </Page>
  );
}

function shownOf(text: string | null): Shown | undefined {
  return text === 'firing' || text === 'pending' || text === 'silenced' ? text : undefined;
}
