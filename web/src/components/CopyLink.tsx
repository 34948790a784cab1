import { Tooltip } from '@mantine/core';
import { IconLink } from '@tabler/icons-react';
import type { MouseEvent } from 'react';
import { formatRange } from '../lib/formatTime';
import { copyText } from '../lib/copyText';
import { keyText, useKey } from '../state/keys';
import { useTimeRange } from '../state/timeRange';
import { toast } from '../state/toasts';
import { useZone } from '../state/zone';
import { BarButton } from './BarButton';

/** Copies the address with absolute times, so that it shows the same tomorrow; with Shift the range stays relative. */
export function CopyLink() {
  const { from, to, isRelative } = useTimeRange();
  const zone = useZone();

  async function copy(keepRelative: boolean): Promise<void> {
    const address = new URL(window.location.href);
    const freezes = isRelative && !keepRelative && address.searchParams.has('from');
    if (freezes) {
      address.searchParams.set('from', String(from));
      address.searchParams.set('to', String(to));
    }

    const copied = await copyText(address.href);
    toast(!copied ? `The browser does not let this page copy. The address is ${address.href}` : freezes ? `Copied, frozen at ${formatRange(from, to, Date.now(), zone)}` : 'Copied');
  }

  useKey('copyLink', () => void copy(false));
  return (
    <Tooltip label={`Copy the link; with Shift the range stays relative · ${keyText('copyLink')}`}>
      <BarButton square aria-label="Copy the link" onClick={(event: MouseEvent) => void copy(event.shiftKey)}>
        <IconLink size={16} stroke={1.6} aria-hidden />
      </BarButton>
    </Tooltip>
  );
}
