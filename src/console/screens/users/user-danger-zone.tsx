import type { Management } from 'auth0';
import { manage, segment } from '../../management/tenant-requests.ts';
import { navigate } from '../../navigation/location.ts';
import { Danger, DangerZone } from '../../parts/danger-zone.tsx';
import { useNotify } from '../../parts/notices.tsx';
import { nameOfUser } from './user-query.ts';

/** Blocks, unblocks or deletes a user. Blocking and deleting ask for confirmation. */
export function UserDangerZone(props: { user: Management.GetUserResponseContent; onChange: () => void }) {
  const { user, onChange } = props;
  const notify = useNotify();
  const path = `users/${segment(user.user_id ?? '')}`;
  const name = nameOfUser(user);
  const setBlocked = async (blocked: boolean) => {
    await manage.patch(path, { blocked } satisfies Management.UpdateUserRequestContent);
    notify(blocked ? `${name} is blocked.` : `${name} can sign in again.`);
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
          <span>This user is blocked and cannot sign in.</span>
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
          consequence="Sign-ins of this user are refused until the user is unblocked."
          onConfirm={() => setBlocked(true)}
        />
      )}
      <Danger
        note="Roles, metadata and identities are deleted with the user."
        label="Delete"
        title={`Delete ${name}?`}
        action="Delete user"
        consequence="This cannot be undone."
        onConfirm={remove}
      />
    </DangerZone>
  );
}
