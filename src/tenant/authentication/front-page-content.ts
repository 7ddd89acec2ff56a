import { consoleRegistration } from '../administrator/console-access.ts';
import type { ClientRecord } from '../store/records/applications/client-repository.ts';
import type { Store } from '../store/store.ts';
import type { FrontPageContent } from './universal-login/pages/front-page.ts';

const MOST_LISTED = 20;

/**
 * Collects the content of the tenant's front page: the applications that users sign in to, each with a page to open.
 *
 * @param issuers every domain of the tenant, with trailing slashes
 * @example frontPage(frontPageContent(store, issuer, [issuer]));
 */
export function frontPageContent(store: Store, issuer: string, issuers: readonly string[]): FrontPageContent {
  const console = consoleRegistration(store);
  const { rows } = store.clients.list({ global: false, except: console?.clientId }, { page: 0, perPage: 1000 });
  const signedInTo = rows.filter(({ callbacks }) => callbacks.length > 0);
  return {
    issuers,
    issuer,
    console: console?.callback.replace(/\/callback$/, ''),
    applications: signedInTo.slice(0, MOST_LISTED).map((client) => ({ name: client.name, address: addressOf(client) })),
    further: Math.max(0, signedInTo.length - MOST_LISTED),
  };
}

/** The page where the application starts a login, or the front page of its first callback's server. */
function addressOf({ callbacks, other }: ClientRecord): string | undefined {
  const start = typeof other.initiate_login_uri === 'string' ? webPage(other.initiate_login_uri)?.href : undefined;
  if (start !== undefined) return start;
  for (const callback of callbacks) {
    const page = webPage(callback);
    if (page !== undefined) return `${page.origin}/`;
  }
  return undefined;
}

/** A callback may have another scheme, or a placeholder in place of a host's first part. */
function webPage(address: string): URL | undefined {
  const url = /[*{]/.test(address) ? null : URL.parse(address);
  return url !== null && /^https?:$/.test(url.protocol) ? url : undefined;
}
