import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalTenant, startLocalTenant } from '../../local-tenant.ts';
import { makeRelyingParty, type RelyingParty, signIn } from '../../sign-in-with-openid-client.ts';
import { installTool } from '../install-tool.ts';

const run = promisify(execFile);
const script = fileURLToPath(new URL('./everyday-calls.ts', import.meta.url));
const families = [
  'resourceServers',
  'roles',
  'users',
  'rolesOfUsers',
  'clients',
  'clientGrants',
  'connections',
  'actions',
  'logs',
  'defaultRoleByAction',
];
const person = { username: 'ann@example.com', password: 'Correct-horse-9' };
const claim = 'https://apex.example.com/roles';

/** Declares the tests of a published version of the `auth0` package against a local tenant of its own. */
export function describeSdkVersion(version: string): void {
  describe(`auth0@${version} from npm, in a process that trusts the tenant with only NODE_EXTRA_CA_CERTS`, () => {
    let local: LocalTenant;
    let party: RelyingParty;
    let outcomes: Readonly<Record<string, string>>;
    let methods: readonly string[];
    let called: readonly string[];

    beforeAll(async () => {
      const folder = await installTool('auth0', version);
      local = await startLocalTenant();
      const { tenant } = local;
      const { stdout } = await run(process.execPath, [script], {
        env: {
          PATH: process.env.PATH,
          NODE_EXTRA_CA_CERTS: tenant.caFile,
          AUTH0_DOMAIN: tenant.domain,
          AUTH0_CLIENT_ID: tenant.management.clientId,
          AUTH0_CLIENT_SECRET: tenant.management.clientSecret,
          SDK_FOLDER: folder,
        },
      });
      ({ outcomes, methods, called } = JSON.parse(stdout));
      party = await makeRelyingParty(local, { redirectUri: 'http://localhost:4040/callback' }, person);
    }, 900_000);
    afterAll(() => local?.tenant.close());

    it.each(families)('is answered as it expects: %s', (family) => {
      expect(outcomes[family]).toBe('as expected');
    });

    it('is answered as it expects by every other method', () => {
      expect(outcomes.everyOtherCall).toBe('as expected');
      expect(outcomes.everyRefusedCall).toBe('as expected');
    });

    it('has no method in these families that the suite forgets', () => {
      expect(methods.length).toBeGreaterThan(60);
      expect(methods.filter((method) => !called.includes(method))).toEqual([]);
    });

    it('reaches the Management API from an Action during a login', async () => {
      const [role] = (await local.management.roles.list({ name_filter: 'Default role' })).data;
      expect((await signIn(party, person)).claims()?.[claim]).toEqual([role?.id]);
      expect((await signIn(party, person)).claims()).not.toHaveProperty([claim]);
    });
  });
}
