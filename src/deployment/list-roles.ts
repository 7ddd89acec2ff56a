import type { Management, ManagementClient } from 'auth0';

const PER_PAGE = 100;
/** Auth0 returns no page beyond the first thousand results. */
const PAGES = 10;

/**
 * Lists the roles of a tenant. If there are more than a thousand, it returns the first thousand and those whose names contain
 * one of the sought parts: lists go no further, but a filter by name finds the rest.
 *
 * @param sought names or parts of names that must not be missed
 * @throws {ManagementError} of the `auth0` package, where the tenant refuses a call
 * @example
 * for await (const { id, name } of listRoles(management, ['ORG:'])) console.log(id, name);
 * @see Auth0, Get roles; Pagination: offset paging ends at 1000 results
 */
export async function* listRoles(
  management: ManagementClient,
  sought: readonly string[] = [],
): AsyncGenerator<Management.Role> {
  const listed = new Set<string | undefined>();
  for (const filter of [undefined, ...sought]) {
    let count = 0;
    for (let page = 0; page < PAGES; page += 1) {
      const name = filter === undefined ? {} : { name_filter: filter };
      const { data } = await management.roles.list({ page, per_page: PER_PAGE, ...name });
      count += data.length;
      for (const role of data) {
        if (listed.has(role.id)) continue;
        listed.add(role.id);
        yield role;
      }
      if (data.length < PER_PAGE) break;
    }
    if (filter === undefined && count < PAGES * PER_PAGE) return;
  }
}
