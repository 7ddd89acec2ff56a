// Putting a policy on a tenant: requests and time against Auth0's own tool, a million people, and the rate limit of the free plan.
// `npm run bench:deployment` takes some five minutes. docs/performance.md keeps the last figures.
import { measureBackfill } from './backfill.ts';
import { measureDeployTools } from './deploy-tools.ts';
import { measureMillionUsers } from './million-users.ts';

await measureMillionUsers();
await measureDeployTools();
await measureBackfill();
