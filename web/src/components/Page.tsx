import { useEffect, type ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { cx } from '../lib/cx';
import { CopyLink } from './CopyLink';
import { LiveButton } from './LiveButton';
import styles from './Page.module.css';
import { TimeRange } from './TimeRange';
import { TopLine } from './TopLine';

interface PageProps {
  readonly title: string;
  /** Where it belongs: "Dashboards /" before the title. */
  readonly parents?: readonly { readonly title: string; readonly to: string }[];
  /** The range control; absent where no part of the page has a time. Off: what is shown is always now. */
  readonly time?: boolean;
  /** Off for what has no now: settings and files. */
  readonly live?: boolean;
  /** The smallest step in which now moves while Live is on: the scrape interval. */
  readonly liveStepMs?: number;
  /** Before Live: the secondary pages of the place. */
  readonly tabs?: ReactNode;
  /** After the link: what this page can do. */
  readonly buttons?: ReactNode;
  readonly loading?: boolean;
  /** The content has its own padding and scrolls its own parts. */
  readonly bare?: boolean;
  readonly children: ReactNode;
}

/** A page in the frame: the top bar with its title and controls, and the content under it. Every page is one. */
export function Page({ title, parents = [], time = false, live = true, liveStepMs = 15_000, tabs, buttons, loading = false, bare = false, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Pharos`;
  }, [title]);
  return (
    <>
      <header className={styles.bar}>
        <TopLine active={loading} />
        <div className={styles.name}>
          {parents.map((parent) => (
            <Link key={parent.to} className={styles.parent} to={parent.to}>
              {parent.title} /
            </Link>
          ))}
          <h1 className={styles.title}>{title}</h1>
        </div>
        <div className={styles.controls}>
          {time && <TimeRange />}
          {tabs}
          {live && <LiveButton stepMs={liveStepMs} />}
          <CopyLink />
          {buttons}
        </div>
      </header>
      <main className={cx(styles.main, !bare && styles.padded)} id="main">
        {children}
      </main>
    </>
  );
}
