/** Newer than the API description of this tenant: 404, as for any unknown address. */
export const notPublished: readonly string[] = [
  ...under('organizations', 'search'),
  ...under('organizations.organizationTemplate', 'get assignOrganizationTemplate unassignOrganizationTemplate'),
  ...under('organizations.roles', 'members.list groups.list'),
  ...under('resourceServers', 'search'),
];

function under(part: string, methods: string): string[] {
  return methods.split(' ').map((method) => `${part}.${method}`);
}
