import { useQuery } from '@tanstack/react-query';
import { urlOf } from '../../../../api/http';
import { queryKeys } from '../../../../api/queryKeys';
import { readShownAlerts } from '../../../../api/shownAlerts';
import { AlertList } from '../../../../charts/AlertList';
import { ErrorNotice } from '../../../../components/ErrorNotice';
import type { PanelProps } from '../panelProps';
import { listedAlerts } from './model';

export function AlertListPanel({ panel, range }: PanelProps) {
  const { data, error } = useQuery({ queryKey: [...queryKeys.alerts(), 'shown'], queryFn: ({ signal }) => readShownAlerts(signal), refetchInterval: 30_000 });
  if (data === undefined) {
    return error === null ? null : <ErrorNotice error={error} />;
  }
  return <AlertList title={panel.title} now={range.to} alerts={listedAlerts(data, panel.options).map((alert) => ({ ...alert, href: urlOf(alert.href) }))} />;
}
