import { Modal } from '@mantine/core';
import { useActiveKeys } from '../state/keys';
import styles from './KeyList.module.css';

/** Every key that does something now, from the table that the handlers are made from. */
export function KeyList({ opened, onClose }: { readonly opened: boolean; onClose(): void }) {
  const keys = useActiveKeys();
  const places = [...new Set(keys.map((entry) => entry.where))];
  return (
    <Modal opened={opened} onClose={onClose} title="Keys" size={560}>
      <div className={styles.groups}>
        {places.map((where) => (
          <section key={where}>
            <h3 className={styles.where}>{where}</h3>
            <dl className={styles.list}>
              {keys.filter((entry) => entry.where === where).map((entry) => (
                <div key={entry.text} className={styles.row}>
                  <dt>
                    <kbd className={styles.keys}>{entry.keys}</kbd>
                  </dt>
                  <dd className={styles.text}>{entry.text}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
