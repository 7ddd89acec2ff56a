import type { PostLoginTrigger } from '../actions/run/login-transaction.ts';
import type { SideTriggers } from '../actions/triggers/side-triggers.ts';
import type { TenantLog } from '../logs/tenant-log.ts';
import type { Store } from '../store/store.ts';
import type { RedeemTicket } from './accounts/sign-in-ticket.ts';

/** The parts of a tenant that the Authentication API of a domain needs. */
export interface AuthenticationDependencies {
  readonly store: Store;
  readonly log: TenantLog;
  readonly postLogin: PostLoginTrigger;
  /** Triggers of sign-ups, password changes and client credentials exchanges. Without them no such Actions run. */
  readonly sideTriggers?: SideTriggers;
  /** The domain, with scheme and trailing slash: `https://localhost:4000/`. */
  readonly issuer: string;
  /** Audience of the Management API: `https://…/api/v2/`, on the tenant's first domain. */
  readonly managementAudience: string;
  /** The domain for `event.custom_domain`, if it is not the tenant's first domain. */
  readonly customDomain?: string;
  readonly tenantName: string;
  /** Redeems the operator's sign-in tickets. Without it no ticket is valid. */
  readonly redeemTicket?: RedeemTicket;
  /** Keys for signed cookies. The first one signs new cookies; all of them verify cookies that come back. */
  readonly cookieKeys: readonly string[];
}
