import type { Icon } from '@tabler/icons-react';
import type { ComponentType, LazyExoticComponent } from 'react';

/** One place of the rail, or a page that belongs to one. */
export interface PageRoute {
  /** As react-router writes them; the first one is where the rail leads. */
  readonly paths: readonly string[];
  readonly page: LazyExoticComponent<ComponentType>;
  /** Absent for pages that the rail does not show. */
  readonly place?: RailPlace;
}

export interface RailPlace {
  readonly name: string;
  readonly icon: Icon;
  /** After `g`. */
  readonly key: string;
  /** Which number stands behind the name. */
  readonly badge?: 'firing' | 'targets';
  /** Whether it has its own button in the bar of a phone; the others are under More. */
  readonly phone?: boolean;
}
