import type { ActionLifecycle } from '../actions/library/action-lifecycle.ts';
import type { TenantLog } from '../logs/tenant-log.ts';
import type { Store } from '../store/store.ts';
import type { VerifyAccessToken } from './authorization.ts';
import type { RateLimitPlan } from './rate-limit.ts';

/** What the Management API needs of the rest of the tenant. */
export interface ManagementDependencies {
  readonly store: Store;
  readonly log: TenantLog;
  /** The API's own identifier, `https://localhost:4000/api/v2/`. */
  readonly audience: string;
  /** The tenant's domains beside the one of the audience: `http://localhost:4001/`. */
  readonly otherDomains?: readonly string[];
  readonly verifyAccessToken: VerifyAccessToken;
  readonly actions: ActionLifecycle;
  readonly hashPassword: (password: string) => Promise<string>;
  /** Absent: no request is refused for being one too many. `now` is in milliseconds since 1970. */
  readonly rateLimit?: { readonly plan: RateLimitPlan; readonly now?: () => number };
}
