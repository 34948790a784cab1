import { Button, Popover } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import styles from './ConfirmButton.module.css';

interface ConfirmButtonProps {
  /** What the button says, a verb. */
  readonly children: ReactNode;
  /** What it does, as a sentence with its effect. */
  readonly effect: ReactNode;
  /** The verb with its object: "Delete oncall". */
  readonly verb: string;
  readonly disabled?: boolean;
  onConfirm(): void;
}

/** For what nobody can take back: the effect is read before the verb is pressed. */
export function ConfirmButton({ children, effect, verb, disabled = false, onConfirm }: ConfirmButtonProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" trapFocus returnFocus withArrow>
      <Popover.Target>
        <Button size="xs" disabled={disabled} onClick={() => setOpen(!isOpen)}>
          {children}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <p className={styles.effect}>{effect}</p>
        <Button
          size="xs"
          className={styles.verb ?? ''}
          onClick={() => {
            setOpen(false);
            onConfirm();
          }}
        >
          {verb}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
