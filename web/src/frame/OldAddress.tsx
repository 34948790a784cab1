import type { ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router-dom';
import { translateOldAddress } from './oldAddresses';

/** Leads old addresses to the page of today; everything else is drawn. */
export function OldAddress({ children }: { readonly children: ReactNode }) {
  const { pathname, search, hash } = useLocation();
  const path = translateOldAddress(pathname, search, hash);
  return path === undefined ? children : <Navigate to={path} replace />;
}
