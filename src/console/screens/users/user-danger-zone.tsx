import type { Management } from 'auth0';
import { manage, segment } from '../../management/tenant-requests.ts';
import { navigate } from '../../navigation/location.ts';
import { Danger, DangerZone } from '../../parts/danger-zone.tsx';
import { useNotify } from '../../parts/notices.tsx';
import { nameOfUser } from './user-query.ts';

/** What takes something away from a user: each is asked for once more. */
export function UserDangerZone(props: { user: Management.GetUserResponseContent; onChange: () => void }) {
  const { user, onChange } = props;
  const notify = useNotify();
  const path = `users/${segment(user.user_id ?? '')}`;
  const name = nameOfUser(user);
  const setBlocked = async (blocked: boolean) => {
    await manage.patch(path, { blocked } satisfies Management.UpdateUserRequestContent);
    notify(blocked ? `${name} is blocked.` : `${name} may sign in again.`);
    onChange();
  };
  const remove = async () => {
    await manage.delete(path);
    notify(`${name} is deleted.`);
    navigate('/console/users', { ask: false });
  };
  return (
    <DangerZone>
      {user.blocked ? (
        <div>
          <span>Nobody signs in with this account.</span>
          <button type="button" onClick={() => void setBlocked(false).catch((error: Error) => notify(error.message))}>
            Unblock
          </button>
        </div>
      ) : (
        <Danger
          note="A blocked user cannot sign in to any application."
          label="Block"
          title={`Block ${name}?`}
          action="Block user"
          consequence="Sign-ins with this account are refused from now on, until it is unblocked."
          onConfirm={() => setBlocked(true)}
        />
      )}
      <Danger
        note="A deleted user is gone, with roles, metadata and identities."
        label="Delete"
        title={`Delete ${name}?`}
        action="Delete user"
        consequence="This cannot be undone."
        onConfirm={remove}
      />
    </DangerZone>
  );
}
