import { Popover, Tooltip } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconClock, IconZoomOut } from '@tabler/icons-react';
import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { RangeText } from '../lib/parseTimeRange';
import { describeRange, rangeName } from '../lib/rangeName';
import { getNow } from '../state/clock';
import { keyText, useKey } from '../state/keys';
import { changeSettings, getSettings } from '../state/settings';
import { shifted, useTimeRange, zoomedOut } from '../state/timeRange';
import { useZone } from '../state/zone';
import styles from './TimeRange.module.css';
import { TimeRangeMenu } from './TimeRangeMenu';

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;

/** The range of the page, always top right: earlier, the range itself, later, zoom out. */
export function TimeRange() {
  const range = useTimeRange();
  const zone = useZone();
  const [params, setParams] = useSearchParams();
  const [isOpen, setOpen] = useState(false);
  const { name, times } = describeRange(range.text, range.from, range.to, getNow(), zone);

  function choose(next: RangeText): void {
    const { lastRanges } = getSettings();
    const used = `${next.from} ${next.to}`;
    changeSettings({ lastRanges: [used, ...lastRanges.filter((one) => one !== used)].slice(0, 4) });
    range.setRange(next);
    setOpen(false);
  }

  function flipUtc(): void {
    const next = new URLSearchParams(params);
    if (next.has('tz')) {
      next.delete('tz');
    } else {
      next.set('tz', 'UTC');
    }

    setParams(next, { replace: true });
  }

  const earlier = (): void => range.setRange(shifted(range, -1));
  const later = (): void => range.setRange(shifted(range, 1));
  const out = (): void => range.setRange(zoomedOut(range, getNow(), zone));
  useKey('range', () => setOpen(true));
  useKey('earlier', earlier);
  useKey('later', later);
  useKey('zoomOut', out);
  useKey('refresh', range.refresh);
  useKey('utc', flipUtc);
  return (
    <div className={styles.control} role="group" aria-label="Time range">
      <Tooltip label={`Earlier · ${keyText('earlier')}`}>
        <button type="button" className={styles.part} aria-label="Earlier" onClick={earlier}>
          <IconChevronLeft {...icon} />
        </button>
      </Tooltip>
      <Popover opened={isOpen} onChange={setOpen} position="bottom-end" trapFocus returnFocus shadow="md">
        <Popover.Target>
          <button type="button" className={styles.range} title={`Choose the range · ${keyText('range')}`} onClick={() => setOpen(!isOpen)}>
            <IconClock {...icon} />
            {name !== undefined && <span className={styles.name}>{name}</span>}
            <span className={name === undefined ? styles.name : styles.times}>{times}</span>
          </button>
        </Popover.Target>
        <Popover.Dropdown className={styles.dropdown ?? ''}>
          <TimeRangeMenu zone={zone} current={rangeName(range.text)} onChoose={choose} />
        </Popover.Dropdown>
      </Popover>
      <Tooltip label={`Later · ${keyText('later')}`}>
        <button type="button" className={styles.part} aria-label="Later" onClick={later}>
          <IconChevronRight {...icon} />
        </button>
      </Tooltip>
      <Tooltip label={`Back to the previous range, then wider · ${keyText('zoomOut')}`}>
        <button type="button" className={styles.part} aria-label="Zoom out" onClick={out}>
          <IconZoomOut {...icon} />
        </button>
      </Tooltip>
    </div>
  );
}
