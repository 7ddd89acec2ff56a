/**
 * Methods of versions 5, 6 and 7 whose operation this tenant answers with `operation_not_built` today. The test fails as soon as one of them
 * is answered: it then belongs with the calls.
 */
export const notBuiltToday: readonly string[] = [...under('clients', 'previewCimdMetadata registerCimdClient')];

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
