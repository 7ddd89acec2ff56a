import type { ClientRecord } from '../../store/records/applications/client-repository.ts';
import type { ConnectionRecord } from '../../store/records/connection-repository.ts';
import type { OrganizationRecord } from '../../store/records/organizations/organization-repository.ts';
import type { UserRecord } from '../../store/records/users/user-row.ts';
import type { OidcContext } from '../http/web-context.ts';

/** A login within its authorization request. */
export interface Login {
  readonly user: UserRecord;
  readonly client: ClientRecord;
  readonly connection: ConnectionRecord;
  readonly organization: OrganizationRecord | undefined;
  readonly session: NonNullable<OidcContext['oidc']['session']>;
}
