import { IconSearch } from '@tabler/icons-react';
import { Link, useLocation } from 'react-router-dom';
import { useSession } from '../api/session';
import { Logo } from '../components/Logo';
import { keyText } from '../state/keys';
import { useSettings } from '../state/settings';
import { isWithin, type PageRoute } from './pages';
import styles from './Rail.module.css';
import { RailBadge } from './RailBadge';
import { UserMenu } from './UserMenu';

interface RailProps {
  readonly pages: readonly PageRoute[];
  onJump(): void;
  onKeys(): void;
}

/** The places, in their order, with the numbers somebody must act on. */
export function Rail({ pages, onJump, onKeys }: RailProps) {
  const { pathname } = useLocation();
  const { pinned } = useSettings();
  const session = useSession();
  return (
    <nav className={styles.rail} aria-label="Places">
      <div className={styles.head}>
        <Logo />
        <span className={styles.product}>Pharos</span>
        <span className={styles.instance} title={session.data?.instance}>
          {session.data?.instance}
        </span>
      </div>
      <button type="button" className={styles.jump} onClick={onJump} aria-label={`Jump to ${keyText('jump')}`} title={`Jump to · ${keyText('jump')}`}>
        <IconSearch size={16} stroke={1.6} aria-hidden />
        <span className={styles.word}>Jump to</span>{' '}
        <kbd className={styles.kbd}>{keyText('jump')}</kbd>
      </button>
      <ul className={styles.places}>
        {pages.map(({ place, paths: [path] }) => {
          if (place === undefined) {
            return null;
          }

          const Icon = place.icon;
          const isCurrent = isWithin(place, pathname);
          return (
            <li key={path}>
              <Link className={styles.place} to={path} aria-current={isCurrent ? 'page' : undefined} title={`${place.name} · ${keyText(place.key)}`}>
                <Icon size={16} stroke={1.6} aria-hidden />
                <span className={styles.word}>{place.name}</span>
                {place.badge !== undefined && <RailBadge badge={place.badge} />}
              </Link>
            </li>
          );
        })}
      </ul>
      {pinned.length > 0 && (
        <section className={styles.pinned} aria-label="Pinned dashboards">
          <h2 className={styles.heading}>Pinned</h2>
          <ul className={styles.places}>
            {pinned.map((dashboard) => (
              <li key={dashboard.uid}>
                <Link
                  className={styles.pin}
                  to={dashboard.path}
                  title={dashboard.title}
                  aria-current={pathname.startsWith(`/d/${dashboard.uid}/`) || pathname === `/d/${dashboard.uid}` ? 'page' : undefined}
                >
                  {dashboard.title}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      <UserMenu onKeys={onKeys} />
    </nav>
  );
}
