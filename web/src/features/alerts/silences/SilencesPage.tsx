import { useNavigate, useParams, useSearchParams } from 'react-router-dom';
import { useMay } from '../../../api/session';
import { useSilences, type Silence } from '../../../api/silences';
import { BarButton } from '../../../components/BarButton';
import { EmptyState } from '../../../components/EmptyState';
import { Page } from '../../../components/Page';
import { Panel } from '../../../components/Panel';
import { QueryView } from '../../../components/QueryView';
import { SplitView } from '../../../components/SplitView';
import { parseMatchers } from '../../../lib/matchers';
import { formatCount } from '../../../lib/formatNumber';
import { useKey } from '../../../state/keys';
import { useNow } from '../../../state/useNow';
import { AlertTabs } from '../AlertTabs';
import { useListCursor } from '../useListCursor';
import { SilenceDetail } from './SilenceDetail';
import { SilenceForm } from './SilenceForm';
import { SilenceRow } from './SilenceRow';
import styles from './SilencesPage.module.css';

const states = ['active', 'pending', 'expired'] as const;
type State = (typeof states)[number];
const words: Readonly<Record<State, string>> = { active: 'Active', pending: 'To come', expired: 'Ended' };

/** Shown of the ended ones; they are kept for days. */
const mostRows = 500;

/** Every silence, and one of them, or a new one, at its right. */
export function SilencesPage() {
  const { id } = useParams();
  const [params, setParams] = useSearchParams();
  const navigate = useNavigate();
  const silences = useSilences();
  const mayEdit = useMay('Editor');
  const now = useNow(10_000);
  const query = params.toString() === '' ? '' : `?${params.toString()}`;
  const open = (one: string): void => void navigate(`/silences/${encodeURIComponent(one)}${query}`);
  const close = (): void => void navigate(`/silences${query}`);
  const shown = states.find((state) => state === params.get('show')) ?? 'active';
  const filter = params.get('filter') ?? '';
  const rows = (silences.data ?? []).filter((silence) => silence.status.state === shown && (id === 'new' || fits(silence, filter)));
  const current = useListCursor(rows.map((silence) => silence.id), id, open);
  useKey('silence', () => open('new'), mayEdit);
  return (
    <Page
      title="Silences" parents={[{ title: 'Alerts', to: '/alerts' }]} bare tabs={<AlertTabs isOpened={id !== undefined} />} loading={silences.isFetching && silences.data === undefined}
      buttons={mayEdit && <BarButton onClick={() => open('new')}>New silence</BarButton>}
    >
      <SplitView
        openedLabel="Opened silence"
        onClose={close}
        opened={id === undefined ? undefined : id === 'new' ? (
          mayEdit && <NewSilence filter={filter} now={now} onDone={(made) => void navigate(`/silences/${encodeURIComponent(made)}`)} />
        ) : (
          <QueryView query={silences}>{(data) => <SilenceDetail key={id} silence={data.find((silence) => silence.id === id)} now={now} onChanged={open} />}</QueryView>
        )}
        list={
          <>
            <div className={styles.counts} role="group" aria-label="Which silences">
              {states.map((state) => (
                <BarButton key={state} pressed={shown === state} className={styles.count} onClick={() => setParams((old) => withParam(old, 'show', state === 'active' ? '' : state))}>
                  {words[state]} <strong>{formatCount((silences.data ?? []).filter((silence) => silence.status.state === state).length)}</strong>
                </BarButton>
              ))}
            </div>
            <QueryView query={silences} loadingHeight={240}>
              {() => rows.length === 0 ? <None state={shown} /> : (
                <Panel flush>
                  <ul className={styles.rows}>
                    {rows.slice(0, mostRows).map((silence) => (
                      <SilenceRow key={silence.id} silence={silence} now={now} isCurrent={silence.id === current} isOpened={silence.id === id} onOpen={open} />
                    ))}
                  </ul>
                  {rows.length > mostRows && <p className={styles.rest}>The first {formatCount(mostRows)} of {formatCount(rows.length)}.</p>}
                </Panel>
              )}
            </QueryView>
          </>
        }
      />
    </Page>
  );
}

function NewSilence({ filter, now, onDone }: { readonly filter: string; readonly now: number; onDone(id: string): void }) {
  return (
    <>
      <h2 className={styles.title}>New silence</h2>
      <Panel flush>
        <SilenceForm initial={{ matchers: parseMatchers(filter).matchers, duration: '2 hours', comment: '' }} isWanted now={now} onDone={onDone} />
      </Panel>
    </>
  );
}

function None({ state }: { readonly state: State }) {
  switch (state) {
    case 'active':
      return <EmptyState title="Nothing is silenced">A silence hides alerts from their receivers for a while. Open an alert to silence it with its matchers filled in.</EmptyState>;
    case 'pending':
      return <EmptyState title="No silence is to come" />;
    default:
      return <EmptyState title="No silence has ended lately" />;
  }
}

/** A silence is about what its matchers or comment say. */
function fits(silence: Silence, filter: string): boolean {
  const { matchers, words: wanted } = parseMatchers(filter);
  return matchers.every((matcher) => silence.matchers.some((own) => own.name === matcher.name && own.value === matcher.value))
    && wanted.every((word) => [silence.comment, silence.createdBy, ...silence.matchers.map((own) => own.value)].some((text) => text.toLowerCase().includes(word.toLowerCase())));
}

function withParam(params: URLSearchParams, name: string, value: string): URLSearchParams {
  const next = new URLSearchParams(params);
  if (value === '') {
    next.delete(name);
  } else {
    next.set(name, value);
  }

  return next;
}
