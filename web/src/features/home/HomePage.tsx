import { Fragment } from 'react';
import { Link } from 'react-router-dom';
import { useChanges, useOverview, type Overview } from '../../api/overview';
import { OldBadge } from '../../components/OldBadge';
import { Page } from '../../components/Page';
import { QueryView } from '../../components/QueryView';
import { describeTime, formatClock } from '../../lib/formatTime';
import { useNow } from '../../state/useNow';
import { useTimeRange } from '../../state/timeRange';
import { useZone } from '../../state/zone';
import { BrokenPanel } from './BrokenPanel';
import { ChangesPanel } from './ChangesPanel';
import styles from './HomePage.module.css';
import { SelfPanel } from './SelfPanel';
import { ServicesPanel } from './ServicesPanel';
import { WrongNow } from './WrongNow';

/** Changes that are shown; the rest is counted. */
const mostChanges = 50;
/** Older than this without an answer, the page says when it was right. */
const oldMs = 60_000;

/** What is wrong now, what changed, and whether Pharos itself is well. */
export function HomePage() {
  const { from, to } = useTimeRange();
  const overview = useOverview(from, to);
  const changes = useChanges(from, to, mostChanges);
  const zone = useZone();
  const now = useNow(5000);
  const oldAt = overview.isError && overview.data !== undefined && now - overview.data.asOf > oldMs ? overview.data.asOf : undefined;
  return (
    <Page title="Home" time loading={overview.isFetching} {...(oldAt === undefined ? {} : { buttons: <OldBadge at={oldAt} zone={zone} /> })}>
      <QueryView query={overview} loadingHeight={480}>
        {(data) => (
          <div data-old={overview.isError || undefined} className={styles.page}>
            <Sentence overview={data} now={now} />
            <div className={styles.columns}>
              <div className={styles.main}>
                <WrongNow overview={data} now={now} />
                <BrokenPanel things={data.broken} now={now} />
                <ServicesPanel services={data.services} from={from} to={to} />
              </div>
              <div className={styles.side}>
                <ChangesPanel query={changes} now={now} />
                <SelfPanel self={data.self} />
              </div>
            </div>
          </div>
        )}
      </QueryView>
    </Page>
  );
}

function Sentence({ overview: { sentence, shortly }, now }: { readonly overview: Overview; readonly now: number }) {
  const zone = useZone();
  return (
    <>
      <p className={styles.sentence} role="status">{sentence}</p>
      {shortly !== undefined && shortly.length > 0 && (
        <p className={styles.shortly}>
          Shortly before:{' '}
          {shortly.map(({ time, text, link }, index) => (
            <Fragment key={`${time} ${text}`}>
              {index > 0 && (index === shortly.length - 1 ? ' and ' : ', ')}
              {link === undefined ? text : <Link to={link}>{text}</Link>} <time title={describeTime(time, now, zone)}>({formatClock(time, zone)})</time>
            </Fragment>
          ))}
          .
        </p>
      )}
    </>
  );
}
