import type { ComponentPropsWithRef } from 'react';
import { cx } from '../lib/cx';
import styles from './BarButton.module.css';

interface BarButtonProps extends ComponentPropsWithRef<'button'> {
  /** Only an icon: square, and named by `aria-label`. */
  readonly square?: boolean;
  /** Whether what it switches is on. */
  readonly pressed?: boolean;
}

/** The button of top bars and panels: 30 px, 44 on touch. */
export function BarButton({ square = false, pressed, className, type = 'button', ...rest }: BarButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      className={cx(styles.button, square && styles.square, className)}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
    />
  );
}
