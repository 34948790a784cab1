import { IconBell, IconChartLine, IconHome, IconLayoutDashboard, IconServerCog, IconTarget } from '@tabler/icons-react';
import { lazy } from 'react';
import type { PageRoute } from './frame/pages';

/**
 * Every page, in the order of the rail. A page that is not here does not exist: the rail, the jump list and the keys are made from this table.
 * How to add one: web/README.md.
 */
export const pages: readonly PageRoute[] = [
  {
    paths: ['/'],
    page: lazy(async () => ({ default: (await import('./features/home/HomePage')).HomePage })),
    place: { name: 'Home', icon: IconHome, key: 'home', segments: [''], phone: true },
  },
  {
    paths: ['/alerts'],
    page: lazy(async () => ({ default: (await import('./features/alerts/AlertsPage')).AlertsPage })),
    place: { name: 'Alerts', icon: IconBell, key: 'alerts', segments: ['alerts', 'silences'], badge: 'firing', phone: true },
  },
  { paths: ['/silences', '/silences/:id'], page: lazy(async () => ({ default: (await import('./features/alerts/silences/SilencesPage')).SilencesPage })) },
  {
    paths: ['/dashboards'],
    page: lazy(async () => ({ default: (await import('./features/dashboards/list/DashboardsPage')).DashboardsPage })),
    place: { name: 'Dashboards', icon: IconLayoutDashboard, key: 'dashboards', segments: ['dashboards', 'd'], phone: true },
  },
  { paths: ['/d/:uid', '/d/:uid/:slug'], page: lazy(async () => ({ default: (await import('./features/dashboards/DashboardPage')).DashboardPage })) },
  {
    paths: ['/query'],
    page: lazy(async () => ({ default: (await import('./features/explore/ExplorePage')).ExplorePage })),
    place: { name: 'Metrics', icon: IconChartLine, key: 'metrics', segments: ['query'] },
  },
  {
    paths: ['/targets'],
    page: lazy(async () => ({ default: (await import('./features/targets/TargetsPage')).TargetsPage })),
    place: { name: 'Targets', icon: IconTarget, key: 'targets', segments: ['targets'], badge: 'targets' },
  },
  {
    paths: ['/system', '/system/:section'],
    page: lazy(async () => ({ default: (await import('./features/system/SystemPage')).SystemPage })),
    place: { name: 'System', icon: IconServerCog, key: 'system', segments: ['system'] },
  },
];

export const NotFoundPage = lazy(async () => ({ default: (await import('./features/notFound/NotFoundPage')).NotFoundPage }));
