import type { Store } from '../../store/store.ts';

/**
 * Whether that is the Management API, or another API that the tenant was born with: access tokens for one carry no claims of
 * other people's names.
 *
 * @example
 * isOwnApi(store, 'https://localhost:4000/api/v2/') // true
 */
export function isOwnApi(store: Store, identifier: string | undefined): boolean {
  return identifier !== undefined && store.resourceServers.findByIdentifier(identifier)?.is_system === true;
}
