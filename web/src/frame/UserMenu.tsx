import { Menu } from '@mantine/core';
import { IconHelpCircle } from '@tabler/icons-react';
import { useNavigate } from 'react-router-dom';
import { signOut, useSession } from '../api/session';
import { keyText } from '../state/keys';
import { changeSettings, useSettings, type Settings } from '../state/settings';
import { toast } from '../state/toasts';
import styles from './UserMenu.module.css';

const themes: readonly { readonly value: Settings['theme']; readonly text: string }[] = [
  { value: 'auto', text: 'As the system' },
  { value: 'light', text: 'Light' },
  { value: 'dark', text: 'Dark' },
];

const densities: readonly { readonly value: Settings['density']; readonly text: string }[] = [
  { value: 'normal', text: 'Normal rows' },
  { value: 'compact', text: 'Compact rows' },
];

/** Who is signed in, what this browser looks like, and the way out. */
export function UserMenu({ onKeys }: { onKeys(): void }) {
  const settings = useSettings();
  const navigate = useNavigate();
  const { data: session } = useSession();
  const hasSignIn = session?.authMode === 'full';
  const name = session?.name ?? (hasSignIn ? '' : 'No sign-in');

  async function leave(): Promise<void> {
    try {
      await signOut();
    } catch (error) {
      toast(error instanceof Error ? error.message : 'Signing out failed.');
      return;
    }

    // Nothing of what was read stays in memory.
    window.location.reload();
  }

  return (
    <div className={styles.user}>
      <Menu position="top-start" width={200}>
        <Menu.Target>
          <button type="button" className={styles.name} aria-label={`Settings of ${name}`}>
            <span className={styles.avatar} data-initials={initials(name)} aria-hidden />
            <span className={styles.word}>{name}</span>
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Colours</Menu.Label>
          <Menu.RadioGroup value={settings.theme} onChange={(value) => changeSettings({ theme: themes.find((one) => one.value === value)?.value ?? 'auto' })}>
            {themes.map(({ value, text }) => (
              <Menu.RadioItem key={value} value={value}>
                {text}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
          <Menu.Label>Density</Menu.Label>
          <Menu.RadioGroup value={settings.density} onChange={(value) => changeSettings({ density: densities.find((one) => one.value === value)?.value ?? 'normal' })}>
            {densities.map(({ value, text }) => (
              <Menu.RadioItem key={value} value={value}>
                {text}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
          <Menu.Divider />
          <Menu.CheckboxItem checked={settings.singleKeys} onChange={(singleKeys) => changeSettings({ singleKeys })}>
            Single-key shortcuts
          </Menu.CheckboxItem>
          <Menu.Item onClick={onKeys}>All keys</Menu.Item>
          {hasSignIn && (
            <>
              <Menu.Divider />
              <Menu.Item onClick={() => void navigate('/system/password')}>Change password</Menu.Item>
              <Menu.Item onClick={() => void leave()}>Sign out</Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <button type="button" className={styles.help} aria-label="All keys" title={`All keys · ${keyText('help')}`} onClick={onKeys}>
        <IconHelpCircle size={16} stroke={1.6} aria-hidden />
      </button>
    </div>
  );
}

function initials(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const letters = words.length > 1 ? words.map((word) => word.slice(0, 1)).join('') : (words[0] ?? '');
  return letters.slice(0, 2).toUpperCase();
}
