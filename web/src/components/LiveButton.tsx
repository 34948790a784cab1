import { Tooltip } from '@mantine/core';
import { keyText, useKey } from '../state/keys';
import { toggleLive, useLiveState, useLiveTicks } from '../state/live';
import { useTimeRange } from '../state/timeRange';
import { BarButton } from './BarButton';
import { StateMark } from './StateMark';

/** Moves now by itself, or says why it does not. */
export function LiveButton({ stepMs }: { readonly stepMs: number }) {
  const { isRelative } = useTimeRange();
  const { on, pausedBy } = useLiveState();
  useLiveTicks(stepMs, isRelative);
  useKey('live', toggleLive);
  const word = pausedBy === undefined ? 'Live' : 'Paused';
  const text = on ? (pausedBy === undefined ? 'What is shown is new by itself' : `Paused because ${pausedBy}`) : 'What is shown stays until it is refreshed';
  return (
    <Tooltip label={`${text} · ${keyText('live')}`}>
      <BarButton pressed={on} onClick={toggleLive}>
        <StateMark state={on && pausedBy === undefined ? 'ok' : 'off'} />
        {word}
      </BarButton>
    </Tooltip>
  );
}
