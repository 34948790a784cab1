import { useEffect, useRef, type ComponentType } from 'react';
import { Link, Navigate, useParams } from 'react-router-dom';
import { useMay, useSession } from '../../api/session';
import { EmptyState } from '../../components/EmptyState';
import { Page } from '../../components/Page';
import { AboutSection } from './AboutSection';
import { ConfigurationSection } from './ConfigurationSection';
import { FlagsSection } from './FlagsSection';
import { PasswordSection } from './PasswordSection';
import { StatusSection } from './StatusSection';
import { StorageSection } from './StorageSection';
import styles from './SystemPage.module.css';
import { UsersSection } from './UsersSection';

interface Section {
  readonly path: string;
  readonly name: string;
  readonly content: ComponentType;
  readonly needs?: 'Admin' | 'signIn';
}

const sections: readonly Section[] = [
  { path: 'status', name: 'Status', content: StatusSection },
  { path: 'configuration', name: 'Configuration', content: ConfigurationSection },
  { path: 'storage', name: 'Storage', content: StorageSection },
  { path: 'users', name: 'Users and tokens', content: UsersSection, needs: 'Admin' },
  { path: 'flags', name: 'Flags', content: FlagsSection },
  { path: 'password', name: 'Your password', content: PasswordSection, needs: 'signIn' },
  { path: 'about', name: 'About', content: AboutSection },
];

/** Pharos itself: a list of its pages, and one of them. */
export function SystemPage() {
  const { section } = useParams();
  const isAdmin = useMay('Admin');
  const { data: session } = useSession();
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [section]);
  const shown = sections.filter(({ needs }) => needs === undefined || (needs === 'Admin' ? isAdmin : session?.authMode === 'full'));
  if (section === undefined) {
    return <Navigate to="/system/status" replace />;
  }

  const current = shown.find(({ path }) => path === section);
  const Content = current?.content;
  return (
    <Page title={current?.name ?? 'System'} parents={current === undefined ? [] : [{ title: 'System', to: '/system/status' }]} live={false} bare>
      <div className={styles.system}>
        <nav ref={nav} className={styles.nav} aria-label="Pages of System">
          {shown.map(({ path, name }) => (
            <Link key={path} className={styles.link} to={`/system/${path}`} aria-current={path === section ? 'page' : undefined}>
              {name}
            </Link>
          ))}
        </nav>
        <div className={styles.content}>
          {Content === undefined ? <EmptyState title="There is no page here">System has no page “{section}” for your role.</EmptyState> : <Content />}
        </div>
      </div>
    </Page>
  );
}
