import { useSearchParams } from 'react-router-dom';
import { useSession } from '../api/session';
import { isZone } from '../lib/formatTime';
import { useSettings } from './settings';

/** The zone in which this page tells times: the address, else the choice of the user, else the server's. An IANA name. */
export function useZone(): string {
  const [params] = useSearchParams();
  const { zone } = useSettings();
  const session = useSession();
  const wanted = params.get('tz') ?? zone ?? session.data?.timeZone ?? 'UTC';
  const resolved = wanted === 'browser' ? Intl.DateTimeFormat().resolvedOptions().timeZone : wanted;
  // Machines write UTC in many ways; people know one.
  return !isZone(resolved) || /^(Etc\/)?(UTC|UCT|GMT|Zulu|Universal)$/.test(resolved) ? 'UTC' : resolved;
}
