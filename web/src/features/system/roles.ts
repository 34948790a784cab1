import type { Role } from '../../api/session';
import type { TokenScope } from '../../api/system';

export const roles: readonly Role[] = ['Viewer', 'Editor', 'Admin'];

export const scopes: readonly { readonly value: TokenScope; readonly label: string }[] = [
  { value: 'read', label: 'read: queries and pages' },
  { value: 'ingest', label: 'ingest: sends samples' },
  { value: 'admin', label: 'admin: everything' },
];
