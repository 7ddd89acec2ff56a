import type { JsonObject } from '../../store/json-value.ts';
import type { RecordPlace } from '../../store/record-table.ts';
import type { Store } from '../../store/store.ts';

/** The place of an organization's associations with applications. */
export function clientAssociations(organization: string): RecordPlace {
  return { kind: '/organizations/{id}/clients', parent: `organizations/${organization}` };
}

/** The member that shows how an organization is associated with an application, if it is. */
export function clientAssociation(store: Store, organization: string, client: string): JsonObject {
  const found = store.records.find(clientAssociations(organization), client);
  return found === undefined ? {} : { client: found.members };
}
