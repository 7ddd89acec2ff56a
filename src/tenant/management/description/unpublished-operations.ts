import type { JsonSchema } from './json-schema.ts';
import type { PublishedOperation } from './published-operation.ts';

const text: JsonSchema = { type: 'string' };
const flag: JsonSchema = { type: 'boolean' };

const objectOf = (properties: Readonly<Record<string, JsonSchema>>, required: readonly string[] = []): JsonSchema => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});
const listOf = (items: JsonSchema): JsonSchema => ({ type: 'array', items });

const factors = ['read:guardian_factors'];
const changedFactors = ['update:guardian_factors'];
const webauthn = objectOf({ overrideRelyingParty: flag, relyingPartyIdentifier: text, userVerification: text });
const groups = '/connections/{id}/directory-provisioning/synchronized-groups';
const groupIds = objectOf({ groups: listOf(objectOf({ id: text }, ['id'])) }, ['groups']);
const rolePath = '/organizations/{id}/roles/{role_id}';
const organizationClients = '/organizations/{id}/clients';
const checkpoint = [
  { name: 'from', schema: text },
  { name: 'take', schema: { type: 'integer' } },
];

/** Operations that the real service has and the published description has not. Auth0's SDK for Go and its Terraform provider use them. */
export const unpublishedOperations: readonly PublishedOperation[] = [
  // TestBlacklist
  {
    method: 'GET',
    path: '/blacklists/tokens',
    name: 'get_tokens',
    scopes: ['blacklist:tokens'],
    status: 200,
    query: [{ name: 'aud', schema: text }],
  },
  {
    method: 'POST',
    path: '/blacklists/tokens',
    name: 'post_tokens',
    scopes: ['blacklist:tokens'],
    status: 204,
    body: objectOf({ aud: text, jti: text }, ['jti']),
  },
  // TestAccDirectorySynchronizedGroups
  {
    method: 'POST',
    path: groups,
    name: 'post_synchronized-groups',
    scopes: ['update:directory_provisionings'],
    status: 204,
    body: { $ref: 'ReplaceSynchronizedGroupsRequestContent' },
  },
  {
    method: 'DELETE',
    path: groups,
    name: 'delete_synchronized-groups',
    scopes: ['update:directory_provisionings'],
    status: 204,
    body: groupIds,
  },
  // TestGuardian_MultiFactor_WebAuthn_Platform_Settings
  {
    method: 'GET',
    path: '/guardian/factors/webauthn-platform/settings',
    name: 'get_webauthn-platform',
    scopes: factors,
    status: 200,
  },
  {
    method: 'PUT',
    path: '/guardian/factors/webauthn-platform/settings',
    name: 'put_webauthn-platform',
    scopes: changedFactors,
    status: 200,
    body: webauthn,
  },
  // TestGuardian_MultiFactor_WebAuthn_Roaming_Settings
  {
    method: 'GET',
    path: '/guardian/factors/webauthn-roaming/settings',
    name: 'get_webauthn-roaming',
    scopes: factors,
    status: 200,
  },
  {
    method: 'PUT',
    path: '/guardian/factors/webauthn-roaming/settings',
    name: 'put_webauthn-roaming',
    scopes: changedFactors,
    status: 200,
    body: webauthn,
  },
  // TestAccOrganizationClients
  {
    method: 'GET',
    path: organizationClients,
    name: 'get_organization_clients',
    scopes: ['read:organization_clients'],
    status: 200,
    query: checkpoint,
    list: { key: 'clients' },
  },
  {
    method: 'POST',
    path: organizationClients,
    name: 'post_organization_clients',
    scopes: ['create:organization_clients'],
    status: 201,
    body: objectOf({ clients: listOf(objectOf({ client_id: text, use_for_member_access: flag }, ['client_id'])) }, [
      'clients',
    ]),
  },
  {
    method: 'DELETE',
    path: organizationClients,
    name: 'delete_organization_clients',
    scopes: ['delete:organization_clients'],
    status: 204,
    body: objectOf({ clients: listOf(text) }, ['clients']),
  },
  {
    method: 'GET',
    path: `${organizationClients}/{client_id}`,
    name: 'get_organization_client',
    scopes: ['read:organization_clients'],
    status: 200,
  },
  {
    method: 'PATCH',
    path: `${organizationClients}/{client_id}`,
    name: 'patch_organization_client',
    scopes: ['update:organization_clients'],
    status: 200,
    body: objectOf({ use_for_member_access: flag }),
  },
  // TestAccDataSourceOrganizationRoleMembers
  {
    method: 'GET',
    path: `${rolePath}/members`,
    name: 'get_organization_role_members',
    scopes: ['read:organization_member_roles'],
    status: 200,
    query: [...checkpoint, { name: 'fields', schema: text }, { name: 'include_fields', schema: flag }],
    list: { key: 'members' },
  },
  {
    method: 'GET',
    path: `${rolePath}/groups`,
    name: 'get_organization_role_groups',
    scopes: ['read:organization_groups'],
    status: 200,
    query: checkpoint,
    list: { key: 'groups' },
  },
  // TestGuardian_MultiFactor_Push_CustomApp
  { method: 'GET', path: '/prompts/mfa-push', name: 'get_mfa-push', scopes: ['read:prompts'], status: 200 },
  {
    method: 'PATCH',
    path: '/prompts/mfa-push',
    name: 'patch_mfa-push',
    scopes: ['update:prompts'],
    status: 200,
    body: objectOf({ app_name: text, apple_app_link: text, google_app_link: text }),
  },
];
