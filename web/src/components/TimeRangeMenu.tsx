import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { parseTimeRange, type RangeText } from '../lib/parseTimeRange';
import { rangeName, rangePresets, zoneName } from '../lib/rangeName';
import { formatDateTime } from '../lib/formatTime';
import { resolveTime } from '../lib/resolveTime';
import { changeSettings, useSettings } from '../state/settings';
import styles from './TimeRange.module.css';

interface TimeRangeMenuProps {
  readonly zone: string;
  /** The name of the range that rules now. */
  readonly current: string | undefined;
  onChoose(range: RangeText): void;
}

/** A text field for any range, the presets, the last four that were used, and the zone. */
export function TimeRangeMenu({ zone, current, onChoose }: TimeRangeMenuProps) {
  const [text, setText] = useState('');
  const [message, setMessage] = useState<string>();
  const settings = useSettings();

  function submit(): void {
    const parsed = parseTimeRange(text, Date.now(), zone);
    if (parsed.ok) {
      onChoose(parsed.range);
    } else {
      setMessage(parsed.message);
    }
  }

  const lastUsed = settings.lastRanges.flatMap((used) => {
    const [from, to] = used.split(' ');
    return from === undefined || to === undefined || rangePresets.some((preset) => preset.range.from === from && preset.range.to === to) ? [] : [{ from, to }];
  });
  return (
    <div className={styles.menu}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TextInput
          aria-label="Range"
          placeholder="3h, yesterday, 10:00-11:00, a time"
          value={text}
          error={message}
          data-autofocus
          onChange={(event) => {
            setText(event.currentTarget.value);
            setMessage(undefined);
          }}
        />
      </form>
      <ul className={styles.presets}>
        {rangePresets.map((preset) => (
          <li key={preset.name}>
            <button type="button" className={styles.preset} aria-current={preset.name === current} onClick={() => onChoose(preset.range)}>
              {preset.name}
            </button>
          </li>
        ))}
      </ul>
      {lastUsed.length > 0 && (
        <>
          <p className={styles.heading}>Used last</p>
          <ul className={styles.presets}>
            {lastUsed.map((range) => (
              <li key={`${range.from} ${range.to}`}>
                <button type="button" className={styles.preset} onClick={() => onChoose(range)}>
                  {rangeName(range) ?? describe(range, zone)}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      <label className={styles.zone}>
        Times in
        <select value={settings.zone ?? ''} onChange={(event) => changeZone(event.currentTarget.value)}>
          <option value="">the server’s zone</option>
          <option value="browser">the browser’s zone ({zoneName(Intl.DateTimeFormat().resolvedOptions().timeZone)})</option>
          <option value="UTC">UTC</option>
          {Intl.supportedValuesOf('timeZone').map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

function changeZone(zone: string): void {
  changeSettings(zone === '' ? { zone: undefined } : { zone });
}

function describe(range: RangeText, zone: string): string {
  const now = Date.now();
  const show = (text: string): string => {
    const at = resolveTime(text, now, zone);
    return at === undefined || text.startsWith('now') ? text : formatDateTime(at, zone);
  };
  return `${show(range.from)} – ${show(range.to)}`;
}
