import type { ManagementClient } from 'auth0';
import { Problem } from '../../problem/problem.ts';
import { ADDED_KEY, type AllowedUrl, rememberAdded } from '../added-urls.ts';
import { GATE_NAME, GATE_SCOPES, MARKER, managementAudience } from '../desired-state.ts';
import type { PlannedChange } from '../plan/planned-change.ts';
import type { GrantState, TenantSnapshot } from '../tenant-snapshot.ts';

/**
 * Creates the Action's own application. Names of applications are not unique, so a request whose answer was lost is never
 * repeated: the next run finds the application by its marker.
 */
export async function createMachineApplication(management: ManagementClient): Promise<void> {
  await management.clients.create(
    {
      name: GATE_NAME,
      description: 'Lets the Portcullis Action assign roles at sign-in.',
      app_type: 'non_interactive',
      grant_types: ['client_credentials'],
      token_endpoint_auth_method: 'client_secret_post',
      client_metadata: { ...MARKER },
    },
    { maxRetries: 0 },
  );
}

/** Marks an existing application as the Action's own. */
export async function markMachineApplication(management: ManagementClient, clientId: string): Promise<void> {
  await management.clients.update(clientId, { client_metadata: { ...MARKER } });
}

/**
 * Gives the Action's own application exactly the grant that the Action needs.
 *
 * @throws {Problem} `check_failed`
 */
export async function setGrant(
  management: ManagementClient,
  clientId: string,
  grant: GrantState | undefined,
  domain: string,
): Promise<void> {
  const scope = [...GATE_SCOPES];
  const audience = managementAudience(domain);
  if (grant !== undefined) await management.clientGrants.update(grant.id, { scope });
  else await management.clientGrants.create({ client_id: clientId, audience, scope });
  const [now] = (await management.clientGrants.list({ client_id: clientId, audience })).data;
  if ([...(now?.scope ?? [])].sort().join(' ') !== scope.join(' ')) {
    throw new Problem('check_failed', `The grant of "${GATE_NAME}" is not what was requested.`);
  }
}

/** Adds the URLs of a planned change to what the application allows, and records that Portcullis added them. */
export async function allowUrls(
  management: ManagementClient,
  { guarded, machines }: TenantSnapshot,
  { id, fields }: PlannedChange,
): Promise<void> {
  const clientId = guarded.find((one) => one.clientId === id)?.clientId;
  if (clientId === undefined) return;
  const added = (field: AllowedUrl['field']) => fields.filter((one) => one.name === field).map(({ after }) => after);
  // Read at this moment, since an update replaces the lists as a whole.
  const now = await management.clients.get(clientId, { fields: 'callbacks,allowed_logout_urls', include_fields: true });
  const news = (['callbacks', 'allowed_logout_urls'] as const).flatMap((field) =>
    added(field)
      .filter((url) => !now[field]?.includes(url))
      .map((url): AllowedUrl => ({ clientId, field, url })),
  );
  await management.clients.update(clientId, {
    callbacks: [...new Set([...(now.callbacks ?? []), ...added('callbacks')])],
    allowed_logout_urls: [...new Set([...(now.allowed_logout_urls ?? []), ...added('allowed_logout_urls')])],
  });
  const own = machines.find(({ owned }) => owned);
  if (own === undefined) return;
  // Recorded afterwards, so that a URL that was not added is never recorded. With several applications, each adds to the record.
  const { client_metadata } = await management.clients.get(own.clientId, { fields: 'client_metadata' });
  const known: unknown = client_metadata?.[ADDED_KEY];
  await management.clients.update(own.clientId, {
    client_metadata: { [ADDED_KEY]: rememberAdded(typeof known === 'string' ? known : undefined, news) },
  });
}
