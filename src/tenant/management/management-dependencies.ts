import type { ActionLifecycle } from '../actions/library/action-lifecycle.ts';
import type { TenantLog } from '../logs/tenant-log.ts';
import type { Store } from '../store/store.ts';
import type { VerifyAccessToken } from './authorization.ts';
import type { RateLimitPlan } from './middleware/rate-limit.ts';

/** The parts of the tenant that the Management API uses. */
export interface ManagementDependencies {
  readonly store: Store;
  readonly log: TenantLog;
  /** Identifier of the API: `https://localhost:4000/api/v2/`. */
  readonly audience: string;
  /** The tenant's domains other than the audience's: `http://localhost:4001/`. */
  readonly otherDomains?: readonly string[];
  readonly verifyAccessToken: VerifyAccessToken;
  readonly actions: ActionLifecycle;
  readonly hashPassword: (password: string) => Promise<string>;
  /** If absent, there is no rate limit. `now` is in milliseconds since 1970. */
  readonly rateLimit?: { readonly plan: RateLimitPlan; readonly now?: () => number };
}
