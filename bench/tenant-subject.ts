import { readFileSync } from 'node:fs';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { ManagementClient } from 'auth0';
import { putPolicy } from '../src/deployment/put-policy.ts';
import { type Child, startChild } from './child.ts';
import { REDIRECT_URI, type Subject } from './complete-login.ts';

interface Ready {
  readonly domain: string;
  readonly loopbackUrl: string;
  readonly caFile: string;
  readonly management: { readonly clientId: string; readonly clientSecret: string };
}

/** The bound post-login Action. */
export type BoundAction = 'none' | 'empty' | 'policy';

const CREDENTIALS = { username: 'ann@elsewhere.example', password: 'Correct-horse-9' };
const EMPTY = 'exports.onExecutePostLogin = async (event, api) => {};\n';

/**
 * A tenant in its own process, with a user who already has the default role, and one Action bound or a number of empty ones.
 */
export async function startTenantSubject(
  action: BoundAction,
  { count = 1, dataFolder }: { readonly count?: number; readonly dataFolder?: string } = {},
): Promise<{ subject: Subject; pid: number; stop(): Promise<void> }> {
  const place = dataFolder === undefined ? ['--memory'] : ['--data', dataFolder];
  const child: Child<Ready> = await startChild('bin/portcullis.cjs', ['tenant', ...place, '--json', '--port', '0']);
  const { domain, loopbackUrl, caFile, management: credentials } = child.ready;
  setDefaultCACertificates([...getCACertificates('default'), readFileSync(caFile, 'utf8')]);
  const management = new ManagementClient({ domain, ...credentials, telemetry: false });
  const { client_id: clientId = '', client_secret: clientSecret = '' } = await management.clients.create({
    name: 'APEX',
    app_type: 'regular_web',
    callbacks: [REDIRECT_URI],
  });
  for await (const { id = '' } of await management.connections.list()) {
    await management.connections.clients.update(id, [{ client_id: clientId, status: true }]);
  }
  const { user_id: userId = '' } = await management.users.create({
    connection: 'Username-Password-Authentication',
    email: CREDENTIALS.username,
    email_verified: true,
    password: CREDENTIALS.password,
  });
  const { id: roleId = '' } = await management.roles.create({ name: 'APEX User' });
  await management.users.roles.assign(userId, { roles: [roleId] });
  if (action === 'policy') {
    await putPolicy(
      management,
      {
        applications: ['APEX'],
        claim: 'https://apex.example.com/roles',
        landingPage: 'http://localhost:4040/refused',
        defaultRole: 'APEX User',
        organizationPrefix: 'ORG:',
        organizations: [],
        unverifiedEmail: 'refuse',
        onFailure: 'refuse',
      },
      { domain, logoutOrigins: {} },
    );
  }
  if (action === 'empty') await bindEmpty(management, count);
  const subject: Subject = {
    url: loopbackUrl,
    authorizationPath: 'authorize',
    tokenPath: 'oauth/token',
    clientId,
    clientSecret,
    ...CREDENTIALS,
  };
  return { subject, pid: child.pid, stop: () => child.stop() };
}

async function bindEmpty(management: ManagementClient, count: number): Promise<void> {
  const bindings: { ref: { type: 'action_id'; value: string }; display_name: string }[] = [];
  for (let index = 0; index < count; index += 1) {
    const name = `Empty ${index + 1}`;
    const { id = '' } = await management.actions.create({
      name,
      code: EMPTY,
      supported_triggers: [{ id: 'post-login', version: 'v3' }],
    });
    while ((await management.actions.get(id)).status !== 'built') {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await management.actions.deploy(id);
    bindings.push({ ref: { type: 'action_id', value: id }, display_name: name });
  }
  await management.actions.triggers.bindings.updateMany('post-login', { bindings });
}
