import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';

/** For finished actions that left the screen, and nothing else: an error stands where it broke. */
export function toast(message: ReactNode): void {
  notifications.show({ message, autoClose: 6000, withBorder: true });
}
