import type { ClientRecord, ConnectionRecord, OrganizationRecord, UserRecord } from '../../store/records.ts';
import type { OidcContext } from '../http/web-context.ts';

/** A login within its authorization request. */
export interface Login {
  readonly user: UserRecord;
  readonly client: ClientRecord;
  readonly connection: ConnectionRecord;
  readonly organization: OrganizationRecord | undefined;
  readonly session: NonNullable<OidcContext['oidc']['session']>;
}
