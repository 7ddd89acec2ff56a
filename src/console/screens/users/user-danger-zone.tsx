import type { Management } from 'auth0';
import { useState } from 'react';
import { manage, segment } from '../../management/management-api.ts';
import { navigate } from '../../navigation/location.ts';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { useNotify } from '../../parts/notices.tsx';
import { nameOfUser } from './user-query.ts';

/** What takes something away from a user: each is asked for once more. */
export function UserDangerZone(props: { user: Management.GetUserResponseContent; onChange: () => void }) {
  const { user, onChange } = props;
  const [asking, setAsking] = useState<'block' | 'delete'>();
  const notify = useNotify();
  const path = `users/${segment(user.user_id ?? '')}`;
  const name = nameOfUser(user);
  const setBlocked = async (blocked: boolean) => {
    await manage.patch(path, { blocked } satisfies Management.UpdateUserRequestContent);
    notify(blocked ? `${name} is blocked.` : `${name} may sign in again.`);
    setAsking(undefined);
    onChange();
  };
  const remove = async () => {
    await manage.delete(path);
    notify(`${name} is deleted.`);
    navigate('/console/users');
  };
  return (
    <section className="dangerous" aria-label="Danger zone">
      <div>
        <span>
          {user.blocked ? 'Nobody signs in with this account.' : 'A blocked user cannot sign in to any application.'}
        </span>
        {user.blocked ? (
          <button type="button" onClick={() => void setBlocked(false).catch((error: Error) => notify(error.message))}>
            Unblock
          </button>
        ) : (
          <button type="button" className="danger" onClick={() => setAsking('block')}>
            Block
          </button>
        )}
      </div>
      <div>
        <span>A deleted user is gone, with roles, metadata and identities.</span>
        <button type="button" className="danger" onClick={() => setAsking('delete')}>
          Delete
        </button>
      </div>
      {asking === 'block' && (
        <ConfirmDialog
          title={`Block ${name}?`}
          action="Block user"
          onConfirm={() => setBlocked(true)}
          onClose={() => setAsking(undefined)}
        >
          <p>Sign-ins with this account are refused from now on, until it is unblocked.</p>
        </ConfirmDialog>
      )}
      {asking === 'delete' && (
        <ConfirmDialog
          title={`Delete ${name}?`}
          action="Delete user"
          onConfirm={remove}
          onClose={() => setAsking(undefined)}
        >
          <p>This cannot be undone.</p>
        </ConfirmDialog>
      )}
    </section>
  );
}
