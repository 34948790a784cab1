import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { useMay } from '../../../api/session';
import { useSilencePreview, type Silence } from '../../../api/silences';
import { EmptyState } from '../../../components/EmptyState';
import { KeyValue } from '../../../components/KeyValue';
import { LabelChip } from '../../../components/LabelChip';
import { Panel } from '../../../components/Panel';
import { QueryView } from '../../../components/QueryView';
import { StateBadge } from '../../../components/StateBadge';
import { StateMark } from '../../../components/StateMark';
import { describeTime, formatDateTime } from '../../../lib/formatTime';
import { operatorOf } from '../../../lib/matchers';
import { plural } from '../../../lib/plural';
import { useZone } from '../../../state/zone';
import { draftOf } from './draft';
import { ExpireButton } from './ExpireButton';
import styles from './SilenceDetail.module.css';
import { SilenceForm } from './SilenceForm';
import { silenceSentence } from './silenceSentence';

interface SilenceDetailProps {
  readonly silence: Silence | undefined;
  readonly now: number;
  /** A change may make another silence of it. */
  onChanged(id: string): void;
}

const badges = { active: 'silenced', pending: 'pending', expired: 'off' } as const;
const words = { active: 'active', pending: 'to come', expired: 'ended' } as const;

/** One silence: what it says, what it hides now, and what can be done with it. */
export function SilenceDetail({ silence, now, onChanged }: SilenceDetailProps) {
  const [isChanging, setChanging] = useState(false);
  const mayEdit = useMay('Editor');
  const zone = useZone();
  if (silence === undefined) {
    return <EmptyState title="This silence is not there">Silences that ended are kept for days, then forgotten.</EmptyState>;
  }

  const { state } = silence.status;
  const time = (text: string) => <time title={describeTime(Date.parse(text), now, zone)}>{formatDateTime(Date.parse(text), zone)}</time>;
  return (
    <article>
      <StateBadge state={badges[state]}>{words[state]}</StateBadge>
      <h2 className={styles.title}>{silence.comment === '' ? silenceSentence(silence, now, zone) : silence.comment}</h2>
      <p className={styles.matchers}>
        {silence.matchers.map((matcher, index) => <LabelChip key={`${index} ${matcher.name}`} name={matcher.name} value={matcher.value} operator={operatorOf(matcher)} />)}
      </p>
      <Panel className={styles.panel}>
        <KeyValue left rows={[{ name: 'By', value: silence.createdBy }, { name: 'From', value: time(silence.startsAt) }, { name: 'Until', value: time(silence.endsAt) }, { name: 'Last change', value: time(silence.updatedAt) }]} />
      </Panel>
      {mayEdit && !isChanging && (
        <div className={styles.actions}>
          {state !== 'expired' && <ExpireButton silence={silence} />}
          <Button size="xs" onClick={() => setChanging(true)}>{state === 'expired' ? 'Silence again' : 'Change'}</Button>
        </div>
      )}
      {isChanging && (
        <Panel flush className={styles.panel}>
          <SilenceForm
            initial={draftOf(silence, now)} isWanted now={now} {...(state === 'expired' ? {} : { startsAt: silence.startsAt })}
            onDone={(id) => {
              setChanging(false);
              onChanged(id);
            }}
          />
        </Panel>
      )}
      {state !== 'expired' && <Hidden silence={silence} />}
    </article>
  );
}

function Hidden({ silence }: { readonly silence: Silence }) {
  const preview = useSilencePreview(silence.matchers);
  return (
    <QueryView query={preview} loadingHeight={80}>
      {({ hides }) => (
        <Panel flush className={styles.panel} title={hides.length === 0 ? 'No alert fits its matchers now' : `${plural(hides.length, 'alert')} ${hides.length === 1 ? 'fits' : 'fit'} its matchers now`}>
          <ul className={styles.alerts}>
            {hides.slice(0, 100).map((alert) => (
              <li key={alert.fingerprint} className={styles.alert}>
                <StateMark state={alert.state} label={alert.state} />
                <Link to={`/alerts?alert=${alert.fingerprint}`}>{alert.name}</Link>
                <span className={styles.sentence}>{alert.sentence}</span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </QueryView>
  );
}
