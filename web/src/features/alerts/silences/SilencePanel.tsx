import { useState } from 'react';
import { Link } from 'react-router-dom';
import type { AlertCardAnswer, AlertsAnswer } from '../../../api/alerts';
import { Panel } from '../../../components/Panel';
import { matchersFor } from './draft';
import { ExpireButton } from './ExpireButton';
import { SilenceForm } from './SilenceForm';
import styles from './SilencePanel.module.css';
import { silenceSentence } from './silenceSentence';
import { useZone } from '../../../state/zone';

interface SilencePanelProps {
  readonly card: AlertCardAnswer;
  readonly all: AlertsAnswer | undefined;
  readonly isWanted: boolean;
  readonly now: number;
}

/** Silences of an alert, and the form for one, filled in. */
export function SilencePanel({ card: { alert, silences }, all, isWanted, now }: SilencePanelProps) {
  const zone = useZone();
  // What the list said when the card was opened: the form does not change under the hands.
  const [initial] = useState(() => ({ matchers: matchersFor(alert, everyAlert(all)), duration: '2 hours', comment: '' }));
  return (
    <section aria-label="Silence">
      <h3 className={styles.title}>Silence</h3>
      <Panel flush>
        {silences.map((silence) => (
          <div key={silence.id} className={styles.silence}>
            <p className={styles.text}>
              <Link to={`/silences/${silence.id}`}>{silenceSentence(silence, now, zone)}</Link>
              {silence.comment !== '' && <span> “{silence.comment}”</span>}
            </p>
            <ExpireButton silence={silence} />
          </div>
        ))}
        {silences.length === 0 && <SilenceForm initial={initial} isWanted={isWanted} now={now} />}
      </Panel>
    </section>
  );
}

function everyAlert(all: AlertsAnswer | undefined): AlertsAnswer['pending'] {
  return all === undefined ? [] : [...all.groups.flatMap((group) => group.alerts), ...all.pending];
}
