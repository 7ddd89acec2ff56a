import type { Management } from 'auth0';
import { Identifier } from '../../parts/copy-button.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Table } from '../../parts/table.tsx';
import { UserDangerZone } from './user-danger-zone.tsx';
import { UserMetadataForm } from './user-metadata-form.tsx';
import { canVerify, UserVerification } from './user-verification.tsx';

type User = Management.GetUserResponseContent;

/** The details of a user, their metadata and the danger zone. */
export function UserDetails({ user, onChange }: { user: User; onChange: () => void }) {
  return (
    <>
      <Facts
        facts={[
          ['User id', <Identifier key="id" value={user.user_id ?? ''} what="user id" />],
          ['Email', user.email],
          ['Verified', user.email === undefined ? undefined : user.email_verified ? 'yes' : 'no'],
          ['Username', user.username],
          [
            'Status',
            user.blocked ? (
              <span key="status" className="bad">
                blocked
              </span>
            ) : (
              'can sign in'
            ),
          ],
          ['Signed up', <Moment key="made" at={user.created_at} />],
          ['Latest login', <Moment key="login" at={user.last_login} />],
          ['From', user.last_ip],
          ['Logins', user.logins_count ?? 0],
        ]}
      />
      {canVerify(user) && <UserVerification user={user} onChange={onChange} />}
      <h2>Identities</h2>
      <Table
        caption="Identities"
        rows={user.identities ?? []}
        keyOf={(identity) => `${identity.provider}|${identity.user_id}`}
        columns={[
          { label: 'Connection', cell: (identity) => identity.connection },
          { label: 'Provider', cell: (identity) => identity.provider },
          { label: 'Id at the provider', cell: (identity) => <code>{String(identity.user_id)}</code> },
          { label: 'Social', cell: (identity) => (identity.isSocial ? 'yes' : 'no') },
        ]}
      />
      <UserMetadataForm user={user} onChange={onChange} />
      <UserDangerZone user={user} onChange={onChange} />
    </>
  );
}
