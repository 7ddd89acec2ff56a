// Putting a policy on a tenant: requests and time compared with Auth0's own tool, a million users, and the free plan's rate limit.
// `npm run bench:deployment` takes some five minutes. docs/performance.md has the last figures.
import { measureBackfill } from './backfill.ts';
import { measureDeployTools } from './deploy-tools.ts';
import { measureMillionUsers } from './million-users.ts';

await measureMillionUsers();
await measureDeployTools();
await measureBackfill();
