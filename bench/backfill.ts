// Assigns a hundred thousand roles on a tenant that accepts two requests a second, and compares the time with that limit.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { ManagementClient } from 'auth0';
import { openBackfillReport } from '../src/deployment/backfill/backfill-report.ts';
import { backfillRoles } from '../src/deployment/backfill/backfill-roles.ts';
import { pacedFetch } from '../src/deployment/paced-fetch.ts';
import { RoleHolders } from '../src/deployment/people/role-holders.ts';
import type { Policy } from '../src/policy/policy.ts';
import { openStore } from '../src/tenant/store/open-store.ts';
import { startChild } from './child.ts';
import { fillStore, roleId, userId } from './fill-store.ts';
import { report } from './report.ts';

const USERS = 100_000;
/** Auth0 docs, "Rate Limit Configurations": the free plan's Management API. */
const PER_SECOND = 2;
const BURST = 2;

interface Ready {
  readonly domain: string;
  readonly caFile: string;
  readonly management: { readonly clientId: string; readonly clientSecret: string };
}

/** Takes some two minutes, because of the limit. */
export async function measureBackfill(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-bench-backfill-'));
  const data = join(folder, 'data');
  fillStore(data, { users: USERS, roles: 20 });
  const freshRole = roleId(99);
  withStore(data, (store) => store.roles.insert({ id: freshRole, name: 'APEX User', description: 'Everybody' }));
  const args = ['tenant', '--json', '--port', '0', '--data', data, '--rate-limit', 'free'];
  const child = await startChild<Ready>('bin/portcullis.cjs', args);
  const sent: { readonly at: number; readonly status: number }[] = [];
  try {
    const { domain, caFile, management } = child.ready;
    setDefaultCACertificates([...getCACertificates('default'), readFileSync(caFile, 'utf8')]);
    const watched: typeof fetch = async (input, init) => {
      const at = performance.now();
      const response = await fetch(input, init);
      if (init?.method === 'POST' && String(input).includes('/users')) sent.push({ at, status: response.status });
      return response;
    };
    const client = new ManagementClient({
      domain,
      ...management,
      telemetry: false,
      maxRetries: 6,
      fetch: pacedFetch({ fetch: watched }),
    });
    const people = {
      holders: new RoleHolders(),
      users: async function* () {
        for (let at = 0; at < USERS; at += 1000) {
          yield Array.from({ length: 1000 }, (_, index) => {
            return { user_id: userId(at + index), email: `user-${at + index}@example.com`, email_verified: true };
          });
        }
      },
    };
    const policy: Policy = {
      applications: ['APEX'],
      claim: 'https://apex.example.com/roles',
      landingPage: 'https://apex.example.com/refused',
      defaultRole: 'APEX User',
      organizationPrefix: 'ORG:',
      organizations: [],
      unverifiedEmail: 'refuse',
      onFailure: 'refuse',
    };
    const { assigned } = await backfillRoles(client, people, {
      policy,
      roleIds: { 'APEX User': freshRole },
      report: openBackfillReport(join(folder, 'report.ndjson'), domain),
    });
    if (assigned !== USERS) throw new Error(`Only ${assigned} were assigned.`);
  } finally {
    await child.stop();
  }
  const held = withStore(data, (store) => store.roles.members(freshRole, { page: 0, perPage: 1 }).total);
  rmSync(folder, { recursive: true, force: true });
  const seconds = ((sent.at(-1)?.at ?? 0) - (sent[0]?.at ?? 0)) / 1000;
  // The best time that the limit allows: the burst at once, the rest at the limit's rate.
  const fastest = (sent.length - BURST) / PER_SECOND;
  report('Backfill of 100,000 users on the free plan', [
    ['requests', `${sent.length}, ${sent.filter(({ status }) => status === 429).length} turned away`],
    ['assigned, held afterwards', `${USERS}, ${held}`],
    ['time, and the least that the limit allows', `${seconds.toFixed(1)} s, ${fastest.toFixed(1)} s`],
    ['ratio', (fastest / seconds).toFixed(2)],
  ]);
}

function withStore<T>(data: string, work: (store: ReturnType<typeof openStore>) => T): T {
  const store = openStore({ file: join(data, 'tenant.sqlite') });
  try {
    return work(store);
  } finally {
    store.close();
  }
}
