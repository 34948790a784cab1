import { Suspense, useState } from 'react';
import { Outlet, useLocation, useNavigate } from 'react-router-dom';
import { useEventStream } from '../api/events';
import { ErrorBoundary } from '../components/ErrorBoundary';
import { LoadingFrame } from '../components/LoadingFrame';
import { useKey, useKeyListener } from '../state/keys';
import type { KeyId } from '../state/keyTable';
import { changeSettings, useSettings } from '../state/settings';
import { useForgetZoom } from '../state/timeRange';
import { ConnectionLine } from './ConnectionLine';
import styles from './Frame.module.css';
import { JumpTo } from './JumpTo';
import { KeyList } from './KeyList';
import type { PageRoute } from './pages';
import { PhoneBar } from './PhoneBar';
import { Rail } from './Rail';

/** What stays while pages come and go: rail, keys, jump list, the event stream. */
export function Frame({ pages }: { readonly pages: readonly PageRoute[] }) {
  const { railCollapsed } = useSettings();
  const { pathname } = useLocation();
  const [isJumping, setJumping] = useState(false);
  const [isListingKeys, setListingKeys] = useState(false);
  const connection = useEventStream(true);
  useKeyListener();
  useForgetZoom(pathname);
  useKey('jump', () => setJumping(true));
  useKey('help', () => setListingKeys(true));
  useKey('rail', () => changeSettings({ railCollapsed: !railCollapsed }));
  return (
    <div className={styles.frame} data-collapsed={railCollapsed || undefined}>
      <a className={styles.skip} href="#main">
        Skip to the content
      </a>
      <Rail pages={pages} onJump={() => setJumping(true)} onKeys={() => setListingKeys(true)} />
      <div className={styles.page}>
        <ConnectionLine connection={connection} />
        <ErrorBoundary resetKey={pathname}>
          <Suspense fallback={<LoadingFrame height={52} />}>
            <Outlet />
          </Suspense>
        </ErrorBoundary>
      </div>
      <PhoneBar pages={pages} onJump={() => setJumping(true)} />
      {pages.map(({ place, paths: [path] }) => place !== undefined && path !== undefined && <PlaceKey key={path} id={place.key} path={path} />)}
      <JumpTo pages={pages} opened={isJumping} onClose={() => setJumping(false)} onKeys={() => setListingKeys(true)} />
      <KeyList opened={isListingKeys} onClose={() => setListingKeys(false)} />
    </div>
  );
}

function PlaceKey({ id, path }: { readonly id: KeyId; readonly path: string }) {
  const navigate = useNavigate();
  useKey(id, () => void navigate(path));
  return null;
}
