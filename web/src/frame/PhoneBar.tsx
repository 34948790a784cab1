import { Menu } from '@mantine/core';
import { IconMenu2 } from '@tabler/icons-react';
import { Link, useLocation, useNavigate } from 'react-router-dom';
import { changeSettings, useSettings } from '../state/settings';
import { isWithin, type PageRoute } from './pages';
import styles from './PhoneBar.module.css';
import { RailBadge } from './RailBadge';

interface PhoneBarProps {
  readonly pages: readonly PageRoute[];
  onJump(): void;
}

/** The places of a phone, above the thumb; what has no button is under More. */
export function PhoneBar({ pages, onJump }: PhoneBarProps) {
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const { theme } = useSettings();
  const shown = pages.filter((page) => page.place?.phone === true).slice(0, 4);
  const more = pages.filter((page) => page.place !== undefined && !shown.includes(page));
  return (
    <nav className={styles.bar} aria-label="Places">
      {shown.map(({ place, paths: [path] }) => {
        if (place === undefined) {
          return null;
        }

        const Icon = place.icon;
        return (
          <Link key={path} className={styles.place} to={path} aria-current={isWithin(place, pathname) ? 'page' : undefined}>
            <span className={styles.icon}>
              <Icon size={20} stroke={1.6} aria-hidden />
              {place.badge === 'firing' && <RailBadge badge="firing" />}
            </span>
            {place.name}
          </Link>
        );
      })}
      <Menu position="top-end" width={200}>
        <Menu.Target>
          <button type="button" className={styles.place}>
            <IconMenu2 size={20} stroke={1.6} aria-hidden />
            More
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {more.map(({ place, paths: [path] }) => (
            <Menu.Item key={path} onClick={() => void navigate(path)}>
              {place?.name}
            </Menu.Item>
          ))}
          <Menu.Item onClick={onJump}>Jump to</Menu.Item>
          <Menu.Item onClick={() => changeSettings({ theme: theme === 'dark' ? 'light' : 'dark' })}>{theme === 'dark' ? 'Light' : 'Dark'}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </nav>
  );
}
