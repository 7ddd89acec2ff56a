import type { Store } from '../../store/store.ts';

/**
 * Whether an identifier names the Management API or another API that every tenant has from the start. Access tokens for such
 * an API carry no custom claims.
 *
 * @example
 * isSystemApi(store, 'https://localhost:4000/api/v2/') // true
 */
export function isSystemApi(store: Store, identifier: string | undefined): boolean {
  return identifier !== undefined && store.resourceServers.findByIdentifier(identifier)?.is_system === true;
}
