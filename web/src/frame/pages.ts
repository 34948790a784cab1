import type { Icon } from '@tabler/icons-react';
import type { ComponentType, LazyExoticComponent } from 'react';
import type { KeyId } from '../state/keyTable';

/** One page, and the addresses that show it. */
export interface PageRoute {
  /** As react-router writes them; the first one is where the rail leads. */
  readonly paths: readonly [string, ...string[]];
  readonly page: LazyExoticComponent<ComponentType>;
  /** Absent for pages that the rail does not show. */
  readonly place?: RailPlace;
}

export interface RailPlace {
  readonly name: string;
  readonly icon: Icon;
  /** Its entry in the table of keys: `g` and a letter. */
  readonly key: KeyId;
  /** The first segment of all addresses that belong to it; empty for the root alone. */
  readonly segments: readonly string[];
  /** Which number stands behind the name. */
  readonly badge?: 'firing' | 'targets';
  /** It has its own button in the bar of a phone; the others are under More. */
  readonly phone?: boolean;
}

/** Whether an address belongs to a place. */
export function isWithin(place: RailPlace, pathname: string): boolean {
  return place.segments.includes(pathname.split('/')[1] ?? '');
}
