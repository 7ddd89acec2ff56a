import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gateChanges } from '../../src/deployment/impact/gate-change.ts';
import { measurePastLogins } from '../../src/deployment/past-logins/measure-past-logins.ts';
import type { PastDoor } from '../../src/deployment/past-logins/past-logins.ts';
import { readPastLogins } from '../../src/deployment/past-logins/read-past-logins.ts';
import { gatherPeople } from '../../src/deployment/people/gather-people.ts';
import { readTenant } from '../../src/deployment/read-tenant.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { run } from '../cli/command-line.ts';
import { writeEnvironmentFile } from '../cli/environment-file.ts';
import { gatePolicy } from '../gate-policy.ts';
import { type RelyingParty, signIn } from '../sign-in-with-openid-client.ts';
import { type DeployedTenant, startDeployedTenant } from './deployed-tenant.ts';

const PASSWORD = 'A-long-passw0rd!';
const CALLBACK = 'https://apex.test/ords/apex_authentication.callback';
const { defaultRole: _, ...base } = gatePolicy;
const short: Policy = { ...base, organizationPrefix: '', organizations: [] };

describe('the logins of the last days, decided again', () => {
  let local: DeployedTenant;
  let party: RelyingParty;
  let folder: string;
  let organization: string;
  const since = new Date(Date.now() - 60_000);

  const enter = (username: string, parameters: Record<string, string> = {}) =>
    signIn({ ...party, parameters }, { username, password: PASSWORD }).catch((error: unknown) => error);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-past-logins-'));
    local = await startDeployedTenant({ loopbackGeoip: { countryCode: 'DE' } });
    const { management, application } = local;
    const { client_secret: clientSecret = '' } = await management.clients.get(application);
    party = { issuer: local.tenant.url, clientId: application, clientSecret, redirectUri: CALLBACK };
    const ann = await local.person('ann@water.example');
    await local.person('una@elsewhere.example');
    await local.person('nina@elsewhere.example', { verified: false });
    const leaver = await local.person('leo@elsewhere.example');
    const { id = '' } = await management.organizations.create({ name: 'water' });
    organization = id;
    await management.organizations.members.create(id, { members: [ann] });
    for await (const { id: connection = '' } of await management.connections.list()) {
      await management.organizations.enabledConnections.add(id, { connection_id: connection });
    }
    await management.clients.update(application, {
      callbacks: [CALLBACK],
      organization_usage: 'allow',
      organization_require_behavior: 'no_prompt',
    });

    // Before there was a gate.
    await enter('leo@elsewhere.example');
    await local.apply();
    await enter('ann@water.example');
    await enter('una@elsewhere.example');
    await enter('una@elsewhere.example');
    await enter('nina@elsewhere.example');
    await enter('ann@water.example', { organization });
    await management.users.delete(leaver);
  });
  afterAll(async () => {
    await local.tenant.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const measure = async (policy: Policy): Promise<PastDoor | undefined> => {
    const snapshot = await readTenant(local.management, local.wanted(policy));
    const changes = gateChanges(snapshot);
    const logins = await readPastLogins(local.management, snapshot.policy, { since });
    const people = await gatherPeople(local.management, {
      domain: local.tenant.domain,
      policies: [snapshot.policy, gatePolicy],
      folder,
      fresh: true,
      poll: 10,
    });
    const { doors } = await measurePastLogins(logins, people, changes, since);
    people.forget();
    return doors[0];
  };

  it('are as before with the same policy', async () => {
    expect(await measure(gatePolicy)).toEqual({
      application: local.application,
      logins: 6,
      refused: {},
      admitted: {},
      given: {},
      depends: {},
      changed: 0,
      gone: 1,
    });
  });

  it('would be refused by the rule that is named, or given its roles, with the roles before each login', async () => {
    const door = await measure({
      ...short,
      refuse: [
        { rule: 'left the company', when: { email: ['ann@water.example'], not: [{ organization: ['water'] }] } },
        { rule: 'company that was sold', when: { organization: ['air'] } },
      ],
      admit: [
        { rule: 'members', when: { organization: [organization] }, roles: ['Member'] },
        // The gate itself gave this role, at the first of the two logins.
        { rule: 'second visit', when: { role: ['APEX User'] }, roles: [] },
        {
          rule: 'database',
          when: { connection: ['Username-Password-Authentication'], not: [{ emailDomain: ['elsewhere.example'] }] },
          roles: [],
        },
      ],
      unverifiedEmail: 'admit',
      otherwise: 'refuse',
    });
    const tally = (logins: number, email: string) => ({ logins, users: 1, people: [{ email }] });
    expect(door).toMatchObject({
      logins: 6,
      refused: {
        'left the company': tally(1, 'ann@water.example'),
        no_matching_rule: tally(1, 'una@elsewhere.example'),
      },
      given: { Member: tally(1, 'ann@water.example') },
      // Her login ended at the logout, whose entry names no organization.
      depends: { organization: tally(1, 'nina@elsewhere.example') },
      gone: 1,
    });
  });

  it('would be let in if the address no longer has to be verified', async () => {
    const door = await measure({ ...gatePolicy, unverifiedEmail: 'admit' });
    const people = [{ email: 'nina@elsewhere.example' }];
    expect(door).toMatchObject({
      admitted: { unverified_email_admitted: { logins: 1, users: 1, people } },
      refused: {},
    });
  });

  it('use the network of the log, and say what the tenant does not store', async () => {
    const local127 = await measure({
      ...short,
      refuse: [{ rule: 'this machine', when: { network: ['127.0.0.0/8', '::1/128'] } }],
      otherwise: { roles: ['APEX User'] },
    });
    expect(Object.keys(local127?.refused ?? {})).toEqual(['this machine']);
    expect(local127?.refused['this machine']).toMatchObject({ logins: 4, users: 2 });

    const groups = await measure({
      ...short,
      admit: [{ rule: 'staff', when: { group: ['staff'] }, roles: [] }],
      otherwise: 'refuse',
    });
    expect(groups?.depends).toMatchObject({ group: { logins: 4, users: 2 } });
  });

  it('know the country of a login from the line of an Action whose policy asks for countries', async () => {
    const german: Policy = { ...gatePolicy, refuse: [{ rule: 'abroad', when: { not: [{ country: ['DE'] }] } }] };
    const before = await measure({ ...gatePolicy, refuse: [{ rule: 'home', when: { country: ['DE'] } }] });
    expect(before?.depends).toMatchObject({ country: { logins: 4 } });
    await local.apply(german);
    await enter('una@elsewhere.example');
    const door = await measure({ ...german, refuse: [{ rule: 'home', when: { country: ['DE'] } }] });
    expect(door?.refused).toMatchObject({ home: { logins: 1, users: 1 } });
    await local.apply();
  });

  it('leave out what the users have changed since', async () => {
    const [nina] = await local.management.users.listUsersByEmail({ email: 'una@elsewhere.example' });
    await local.management.users.update(nina?.user_id ?? '', { email_verified: false });
    const door = await measure({ ...gatePolicy, unverifiedEmail: 'admit' });
    expect(door?.changed).toBeGreaterThan(0);
    expect(door?.refused).toEqual({});
    await local.management.users.update(nina?.user_id ?? '', { email_verified: true });
  });

  it('are shown by plan --logins, with masked users outside a terminal', async () => {
    writeEnvironmentFile(folder, local.tenant);
    const { organizationPrefix: _prefix, organizations: _organizations, ...rest } = short;
    const policy = { ...rest, otherwise: 'refuse' };
    writeFileSync(join(folder, 'portcullis.config.mjs'), `export default ${JSON.stringify(policy)};`);
    const options = ['plan', '--logins', '1d', '--config', 'portcullis.config.mjs'];
    const json = await run([...options, '--json'], { cwd: folder });
    expect(json).toMatchObject({ status: 3, complaints: '' });
    expect(JSON.parse(json.stdout).logins.doors[0].refused.no_matching_rule).toMatchObject({
      users: 2,
      people: expect.arrayContaining([{ userId: 'auth0|***', email: '***@water.example' }]),
    });
    const { stdout, complaints } = await run([...options, '--people'], { cwd: folder });
    expect(complaints).toBe('');
    expect(stdout).toMatch(/Logins since .*, decided again: \d/);
    expect(stdout).toContain('would be refused, no_matching_rule');
    expect(stdout).toContain('ann@water.example');
    expect(stdout).toContain('1 left out: their users no longer exist.');
    expect((await run([...options, '--no-impact'], { cwd: folder })).stderr).toContain('[options_conflict]');
  });
});
