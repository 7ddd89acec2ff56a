import { type Context, Hono, type Next } from 'hono';
import { Problem } from '../../problem/problem.ts';
import type { JsonObject } from '../store/json-value.ts';
import { actionExecutionOperations } from './actions/action-executions.ts';
import { actionModuleVersionOperations } from './actions/action-module-versions.ts';
import { actionModuleOperations } from './actions/action-modules.ts';
import { actionTriggerOperations } from './actions/action-triggers.ts';
import { actionVersionOperations } from './actions/action-versions.ts';
import { actionOperations } from './actions/actions.ts';
import { clientCredentialOperations } from './applications/client-credentials.ts';
import { clientGrantOperations } from './applications/client-grants.ts';
import { clientMetadataDocumentOperations } from './applications/client-metadata-documents.ts';
import { clientOperations } from './applications/clients.ts';
import { resourceServerOperations } from './applications/resource-servers.ts';
import { authenticate, type Caller, type RequiredScopes, requireOwnUser, requireScopes } from './authorization.ts';
import { besideCollections } from './beside-collections.ts';
import { brandingOperations } from './branding/branding.ts';
import { promptRenderingOperations } from './branding/prompt-rendering.ts';
import { connectionClientOperations } from './connections/connection-clients.ts';
import { connectionKeyOperations } from './connections/connection-keys.ts';
import { connectionUserOperations } from './connections/connection-users.ts';
import { connectionOperations } from './connections/connections.ts';
import { provisioningOperations } from './connections/provisioning.ts';
import { selfServiceProfileOperations } from './connections/self-service-profiles.ts';
import { checkBody, checkPath, type Form, readForm, readQuery } from './description/check-request.ts';
import type { PublishedOperation } from './description/published-operation.ts';
import { describedOperations } from './description/published-operations.ts';
import { emailTemplateOperations } from './emails/email-templates.ts';
import { experimentationOperations } from './experimentation/experimentation.ts';
import { flowAndFormOperations } from './extensions/flows-and-forms.ts';
import { hookOperations } from './extensions/hooks.ts';
import { guardianOperations } from './guardian/guardian.ts';
import { ApiError, conflict } from './http/api-error.ts';
import { readMultipart } from './http/multipart-body.ts';
import { readBody, readPage } from './http/request-body.ts';
import { failUnfinishedJobs, jobOperations } from './jobs/jobs.ts';
import { ticketOperations } from './jobs/tickets.ts';
import { encryptionKeyOperations } from './keys/encryption-keys.ts';
import { signingKeyOperations } from './keys/token-signing-keys.ts';
import type { ManagementDependencies } from './management-dependencies.ts';
import { writeManagementLog, writeSecretRead } from './management-log.ts';
import { allowOrigins, noteClient } from './middleware/cross-origin.ts';
import { limitRate } from './middleware/rate-limit.ts';
import type { LoggedEvent, Operation } from './operation.ts';
import { notBuilt, operationNotBuilt } from './operation-not-built.ts';
import { discoveryDomainOperations } from './organizations/discovery-domains.ts';
import { invitationOperations } from './organizations/invitations.ts';
import { organizationClientGrantOperations } from './organizations/organization-client-grants.ts';
import { organizationClientOperations } from './organizations/organization-clients.ts';
import { organizationConnectionOperations } from './organizations/organization-connections.ts';
import { organizationMemberEffectiveRoleOperations } from './organizations/organization-member-effective-roles.ts';
import { organizationMemberOperations } from './organizations/organization-members.ts';
import { organizationRoleMemberOperations } from './organizations/organization-role-members.ts';
import { organizationOperations } from './organizations/organizations.ts';
import { plainCollectionOperations } from './plain-collections.ts';
import { plainSettingOperations } from './plain-settings.ts';
import { rolePermissionOperations } from './roles/role-permissions.ts';
import { roleUserOperations } from './roles/role-users.ts';
import { roleOperations } from './roles/roles.ts';
import { deviceCredentialOperations } from './sessions/device-credentials.ts';
import { refreshTokenOperations } from './sessions/refresh-tokens.ts';
import { sessionOperations } from './sessions/sessions.ts';
import { attackProtectionOperations } from './tenant/attack-protection.ts';
import { customDomainOperations } from './tenant/custom-domains.ts';
import { eventStreamOperations } from './tenant/event-streams.ts';
import { logStreamOperations } from './tenant/log-streams.ts';
import { logOperations } from './tenant/logs.ts';
import { networkAclOperations } from './tenant/network-acls.ts';
import { statsOperations } from './tenant/stats.ts';
import { tenantSettingsOperations } from './tenant/tenant-settings.ts';
import { userAuthenticationMethodOperations } from './users/user-authentication-methods.ts';
import { userBlockOperations } from './users/user-blocks.ts';
import { userEffectivePermissionOperations } from './users/user-effective-permissions.ts';
import { userFeatureOperations } from './users/user-features.ts';
import { userIdentityOperations } from './users/user-identities.ts';
import { userPermissionOperations } from './users/user-permissions.ts';
import { userRoleOperations } from './users/user-roles.ts';
import { userOperations } from './users/users.ts';
import { userSearchOperations } from './users/users-search.ts';

const managementApiPath = '/api/v2';

/** Every operation that the tenant implements. */
export function builtOperations(dependencies: ManagementDependencies): Operation[] {
  return [
    ...clientOperations(dependencies),
    ...clientMetadataDocumentOperations(dependencies),
    ...clientCredentialOperations(dependencies),
    ...clientGrantOperations(dependencies),
    ...resourceServerOperations(dependencies),
    ...connectionOperations(dependencies),
    ...connectionClientOperations(dependencies),
    ...connectionUserOperations(dependencies),
    ...userSearchOperations(dependencies),
    ...userOperations(dependencies),
    ...userRoleOperations(dependencies),
    ...userPermissionOperations(dependencies),
    ...userEffectivePermissionOperations(dependencies),
    ...userIdentityOperations(dependencies),
    ...userAuthenticationMethodOperations(dependencies),
    ...userBlockOperations(dependencies),
    ...userFeatureOperations(dependencies),
    ...guardianOperations(dependencies),
    ...sessionOperations(dependencies),
    ...refreshTokenOperations(dependencies),
    ...jobOperations(dependencies),
    ...ticketOperations(dependencies),
    ...statsOperations(dependencies),
    ...roleOperations(dependencies),
    ...roleUserOperations(dependencies),
    ...rolePermissionOperations(dependencies),
    ...organizationOperations(dependencies),
    ...organizationConnectionOperations(dependencies),
    ...organizationClientOperations(dependencies),
    ...organizationRoleMemberOperations(dependencies),
    ...organizationClientGrantOperations(dependencies),
    ...organizationMemberOperations(dependencies),
    ...organizationMemberEffectiveRoleOperations(dependencies),
    ...actionOperations(dependencies),
    ...actionModuleOperations(dependencies),
    ...actionModuleVersionOperations(dependencies),
    ...actionVersionOperations(dependencies),
    ...actionTriggerOperations(dependencies),
    ...actionExecutionOperations(dependencies),
    ...logOperations(dependencies),
    ...tenantSettingsOperations(dependencies),
    ...attackProtectionOperations(dependencies),
    ...besideCollections(dependencies),
    ...brandingOperations(dependencies),
    ...provisioningOperations(dependencies),
    ...connectionKeyOperations(dependencies),
    ...signingKeyOperations(dependencies),
    ...customDomainOperations(dependencies),
    ...deviceCredentialOperations(dependencies),
    ...emailTemplateOperations(dependencies),
    ...encryptionKeyOperations(dependencies),
    ...eventStreamOperations(dependencies),
    ...experimentationOperations(dependencies),
    ...flowAndFormOperations(dependencies),
    ...hookOperations(dependencies),
    ...logStreamOperations(dependencies),
    ...networkAclOperations(dependencies),
    ...discoveryDomainOperations(dependencies),
    ...invitationOperations(dependencies),
    ...plainCollectionOperations(dependencies),
    ...plainSettingOperations(dependencies),
    ...promptRenderingOperations(dependencies),
    ...selfServiceProfileOperations(dependencies),
  ];
}

/**
 * Auth0's Management API v2, at `/api/v2`. Every request is authenticated, its scopes, query and body are checked, and each
 * write adds an entry to the tenant's log. Operations of the published description that are not built answer 404 or 400, to
 * pages of any origin.
 *
 * @throws Error if an operation is built that the published description does not have
 *
 * @example
 * const api = createManagementApi(dependencies);
 * const answer = await api.request('/api/v2/roles', { headers: { authorization: `Bearer ${token}` } });
 *
 * @see https://auth0.com/docs/api/management/v2
 */
export function createManagementApi(dependencies: ManagementDependencies): Hono {
  failUnfinishedJobs(dependencies.store);
  const built = new Map(builtOperations(dependencies).map((one) => [`${one.method} ${one.path}`, one]));
  const app = new Hono().basePath(managementApiPath);
  app.use('*', allowOrigins(dependencies.store));
  const { plan = 'off', ...clock } = dependencies.rateLimit ?? {};
  if (plan !== 'off') app.use('*', limitRate({ plan, log: dependencies.log, ...clock }));
  for (const published of publishedInMatchingOrder()) {
    const { method, path } = published;
    const known = built.get(`${method} ${path}`);
    built.delete(`${method} ${path}`);
    const route = path.replace(/\{(\w+)\}/g, ':$1');
    app.on(method, route, (context) => {
      return answer(context, published, known, dependencies);
    });
    if (known === undefined) app.options(route, (context, next) => answerPreflight(context, method, next));
  }
  if (built.size > 0) throw new Error(`Not in the published description: ${[...built.keys()].join(', ')}`);
  const unknown = new ApiError(404, 'Not Found');
  app.all('*', (context) => respondWithError(unknown, context, dependencies));
  app.notFound((context) => respondWithError(unknown, context, dependencies));
  app.onError((error, context) => respondWithError(error, context, dependencies));
  return app;
}

/** Lets a page of any origin send a request that has no other answer than that its operation is not built. */
async function answerPreflight(context: Context, method: string, next: Next): Promise<Response | undefined> {
  if (context.req.header('access-control-request-method') !== method) {
    await next();
    return undefined;
  }
  return context.body(null, 204, {
    'access-control-allow-origin': '*',
    'access-control-allow-methods': method,
    'access-control-allow-headers': 'authorization, content-type, auth0-client',
  });
}

/** `/roles/{id}` must not match before a literal path of the same length. */
function publishedInMatchingOrder(): PublishedOperation[] {
  const parameters = (path: string) => path.split('/').filter((part) => part.startsWith('{')).length;
  return [...describedOperations].sort((a, b) => parameters(a.path) - parameters(b.path));
}

async function answer(
  context: Context,
  published: PublishedOperation,
  known: Operation | undefined,
  dependencies: ManagementDependencies,
): Promise<Response> {
  const caller = await authenticate(context.req.header('authorization'), dependencies.verifyAccessToken);
  noteClient(context, caller.clientId);
  const required = known?.scopes ?? scopesOf(published);
  requireScopes(caller, required);
  if (published.path.startsWith('/users/{id}')) requireOwnUser(caller, required, context.req.param('id') ?? '');
  if (known === undefined) throw operationNotBuilt(published);
  return perform(context, known, caller, dependencies);
}

function scopesOf({ scopes }: PublishedOperation): RequiredScopes {
  return { anyOf: scopes };
}

async function perform(
  context: Context,
  known: Operation,
  caller: Caller,
  dependencies: ManagementDependencies,
): Promise<Response> {
  const { method, described, reads } = known;
  const read = reads === undefined ? readBody : reads === 'page' ? readPage : readMultipart;
  const sent = method === 'GET' ? undefined : await read(context);
  const params = context.req.param();
  checkPath(described, params);
  const query = readQuery(described, queryOf(context));
  const body = reads === 'multipart' ? await readForm(described, sent as Form) : sent;
  if (reads !== 'multipart') checkBody(described, sent);
  const domain = domainOf(context, dependencies);
  const events: LoggedEvent[] = [];
  const { signal } = context.req.raw;
  const result = await known.handle({
    params,
    query,
    body: (body ?? {}) as JsonObject,
    caller,
    domain,
    signal,
    events,
  });
  const description = known.description ?? '';
  const write = method === 'GET' ? writeSecretRead : writeManagementLog;
  write(dependencies, { context, caller, description, sent, result, events });
  if (result.status === 204) return context.body(null, 204);
  return context.json(result.body ?? {}, result.status);
}

/** The domain for links in an answer: one of the tenant's own, regardless of the request's host name. */
function domainOf(context: Context, { audience, otherDomains = [] }: ManagementDependencies): string {
  const { host } = new URL(context.req.url);
  return otherDomains.find((domain) => new URL(domain).host === host) ?? new URL('/', audience).href;
}

/** A parameter that occurs once is a string; one that occurs more often is an array. */
function queryOf(context: Context): Record<string, string | string[]> {
  const entries = Object.entries(context.req.queries()).map(([name, values]) => {
    const [first, ...rest] = values;
    return [name, rest.length === 0 ? (first ?? '') : values] as const;
  });
  return Object.fromEntries(entries);
}

function respondWithError(error: unknown, context: Context, { log }: ManagementDependencies): Response {
  const refusal = error instanceof ApiError ? error : (duplicate(error) ?? unexpected(error, context, log));
  if (refusal.status === 401) context.header('www-authenticate', 'Bearer');
  if (refusal.errorCode === notBuilt) context.header('access-control-allow-origin', '*');
  return context.json(refusal.toBody(), refusal.status);
}

/** If two requests use the same name at once, the store accepts only one of them. */
function duplicate(error: unknown): ApiError | undefined {
  if (!(error instanceof Problem) || error.code !== 'duplicate') return undefined;
  return conflict('It already exists.', 'conflict');
}

/** Reports nothing of an unexpected error except its code and place. */
function unexpected(error: unknown, context: Context, log: ManagementDependencies['log']): ApiError {
  const code = (error as { code?: unknown } | null)?.code;
  const reported = typeof code === 'string' ? code : 'internal_error';
  try {
    const name = error instanceof Error ? error.name : typeof error;
    log.write({
      type: 'w',
      description: `Management API: ${context.req.method} failed (${name}, ${reported}).`,
      hostname: new URL(context.req.url).host,
      strategy: '',
      strategy_type: '',
      details: { method: context.req.method.toLowerCase(), path: context.req.path },
    });
  } catch {
    // The log is in the same store: if the store is closed, nothing can be written.
  }
  return new ApiError(500, 'An internal server error occurred', 'internal_error');
}
