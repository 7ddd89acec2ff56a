import { manage, segment } from '../../management/tenant-requests.ts';
import { navigate } from '../../navigation/location.ts';
import { Identifier } from '../../parts/copy-button.tsx';
import { Danger, DangerZone } from '../../parts/danger-zone.tsx';
import { TextField } from '../../parts/field.tsx';
import { useNotify } from '../../parts/notices.tsx';
import type { EditedAction } from './use-action.ts';

/** Renames or deletes an Action. */
export function ActionSettings({ work }: { work: EditedAction }) {
  const { action, draft, change } = work;
  const notify = useNotify();
  const remove = async () => {
    await manage.delete(`actions/actions/${segment(action.id ?? '')}`);
    notify(`“${action.name}” is deleted.`);
    work.discard();
    navigate('/console/actions/library', { ask: false });
  };
  return (
    <>
      <TextField
        label="Name"
        hint="Saved with the draft"
        required
        value={draft.name}
        onChange={(name) => change({ name })}
      />
      <p>
        Action id <Identifier value={action.id ?? ''} what="Action id" />
      </p>
      <DangerZone>
        <Danger
          note="Remove the Action from its flow first."
          label="Delete"
          title={`Delete “${action.name}”?`}
          action="Delete Action"
          consequence="Its versions and secrets are deleted with it. This cannot be undone."
          onConfirm={remove}
        />
      </DangerZone>
    </>
  );
}
