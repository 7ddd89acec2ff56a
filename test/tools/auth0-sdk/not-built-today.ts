/**
 * Methods of versions 5, 6 and 7 whose operation this tenant answers with `operation_not_built` today. The test fails as soon as one of them
 * is answered: it then belongs with the calls.
 */
export const notBuiltToday: readonly string[] = [
  ...under('clients', 'previewCimdMetadata registerCimdClient'),
  ...under('connections', 'checkStatus'),
  ...under('connections.directoryProvisioning', 'create delete update getDefaultMapping listSynchronizedGroups set'),
  ...under('connections.directoryProvisioning.synchronizations', 'create'),
  ...under('connections.keys', 'get create rotate'),
  ...under('connections.scimConfiguration', 'create delete update getDefaultMapping'),
  ...under('connections.scimConfiguration.tokens', 'get create delete'),
  ...under('organizations.discoveryDomains', 'list create getByName get delete update'),
  ...under('organizations.groups', 'list'),
  ...under('organizations.groups.roles', 'list create delete'),
  ...under('organizations.invitations', 'list create get delete'),
  ...under('roles.groups', 'create delete'),
];

/** Newer than the API description of this tenant: 404, as for any unknown address. */
export const notPublished: readonly string[] = [
  ...under('connections.directoryProvisioning', 'addSynchronizedGroupSelections deleteSynchronizedGroupSelections'),
  ...under('organizations', 'search'),
  ...under('organizations.clients', 'list create delete get update'),
  ...under('organizations.organizationTemplate', 'get assignOrganizationTemplate unassignOrganizationTemplate'),
  ...under('organizations.roles', 'members.list groups.list'),
  ...under('resourceServers', 'search'),
];

function under(part: string, methods: string): string[] {
  return methods.split(' ').map((method) => `${part}.${method}`);
}
