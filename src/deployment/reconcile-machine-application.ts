import type { ManagementClient } from 'auth0';
import type { Change } from './change.ts';
import { DeploymentError } from './deployment-error.ts';

/** The machine-to-machine application that the Action speaks to the Management API as. */
export interface MachineApplication {
  readonly clientId: string;
  readonly clientSecret: string;
}

const NAME = 'Portcullis Gate';
/** Kept in the application's metadata, so that one that somebody else made is never taken over by its name. */
const MARKER = { portcullis: 'gate' } as const;
/**
 * `update:roles` assigns a role to a user; the other two read a user's roles, needed only where a login comes without
 * them (Auth0 documentation, "View a user's roles").
 */
const SCOPES = ['read:roles', 'read:users', 'update:roles'] as const;

/**
 * The Action's own application, with exactly the scopes that it needs; never the guarded application's credentials.
 *
 * @param audience of the Management API, `https://TENANT/api/v2/`
 * @throws {DeploymentError} `unowned_application` where one of that name lacks our marker, `secret_unreadable`
 * @example
 * const { clientId, clientSecret } = await reconcileMachineApplication(management, audience, changes);
 */
export async function reconcileMachineApplication(
  management: ManagementClient,
  audience: string,
  changes: Change[],
): Promise<MachineApplication> {
  const application = (await findOurs(management)) ?? (await create(management, changes));
  await reconcileGrant(management, application.clientId, audience, changes);
  return application;
}

async function findOurs(management: ManagementClient): Promise<MachineApplication | undefined> {
  const page = await management.clients.list({ is_global: false, per_page: 100 });
  for await (const client of page) {
    if (client.name !== NAME) continue;
    if (client.client_metadata?.portcullis !== MARKER.portcullis) {
      throw new DeploymentError(
        'unowned_application',
        `The tenant has an application "${NAME}" that Portcullis did not make.`,
        `Rename it, or set "portcullis" to "${MARKER.portcullis}" in its metadata to hand it over.`,
      );
    }
    return credentials(client.client_id, client.client_secret);
  }
  return undefined;
}

async function create(management: ManagementClient, changes: Change[]): Promise<MachineApplication> {
  const client = await management.clients.create({
    name: NAME,
    description: 'Lets the Portcullis Action assign roles at sign-in.',
    app_type: 'non_interactive',
    grant_types: ['client_credentials'],
    token_endpoint_auth_method: 'client_secret_post',
    client_metadata: { ...MARKER },
  });
  changes.push({ resource: 'application', name: NAME, kind: 'created' });
  return credentials(client.client_id, client.client_secret);
}

function credentials(clientId: string | undefined, clientSecret: string | undefined): MachineApplication {
  if (clientId === undefined || clientSecret === undefined) {
    throw new DeploymentError(
      'secret_unreadable',
      `The secret of the application "${NAME}" cannot be read.`,
      'Give the management application the scope read:client_keys.',
    );
  }
  return { clientId, clientSecret };
}

async function reconcileGrant(
  management: ManagementClient,
  clientId: string,
  audience: string,
  changes: Change[],
): Promise<void> {
  const [grant] = (await management.clientGrants.list({ client_id: clientId, audience })).data;
  if (grant === undefined) {
    await management.clientGrants.create({ client_id: clientId, audience, scope: [...SCOPES] });
    changes.push({ resource: 'client_grant', name: NAME, kind: 'created' });
    return;
  }
  const granted = [...(grant.scope ?? [])].sort().join(' ');
  if (granted !== SCOPES.join(' ') && grant.id !== undefined) {
    await management.clientGrants.update(grant.id, { scope: [...SCOPES] });
    changes.push({ resource: 'client_grant', name: NAME, kind: 'updated' });
  }
}
