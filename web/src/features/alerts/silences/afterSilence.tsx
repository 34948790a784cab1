import type { QueryClient } from '@tanstack/react-query';
import { expireSilence } from '../../../api/silences';
import { toast } from '../../../state/toasts';
import styles from './SilenceForm.module.css';

/** What a silence changes. */
export function staleAfterSilence(client: QueryClient): void {
  for (const resource of ['alerts', 'silences', 'overview', 'changes']) {
    void client.invalidateQueries({ queryKey: [resource] });
  }
}

/** "Silence ends 13:24 · Undo": the way back is to end it. */
export function toastSilenced(client: QueryClient, id: string, end: string): void {
  toast(
    <>
      Silence ends {end} ·{' '}
      <button
        type="button"
        className={styles.undo}
        onClick={() => {
          expireSilence(id).then(
            () => {
              staleAfterSilence(client);
              toast('The silence is taken back');
            },
            (error: unknown) => toast(error instanceof Error ? `The silence stays: ${error.message}` : 'The silence stays'),
          );
        }}
      >
        Undo
      </button>
    </>,
  );
}
