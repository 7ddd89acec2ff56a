import type { Management } from 'auth0';
import { manage, segment } from '../../management/tenant-requests.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { navigate } from '../../navigation/location.ts';
import { Select, TextField } from '../../parts/field.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { LoadedContent } from '../../parts/loaded-content.tsx';
import { useFields } from '../../parts/use-fields.ts';
import { initialCode, nameOfTrigger, RUN_TRIGGERS } from './trigger-name.ts';

/** Creates an Action with a name, a trigger and a runtime. */
export function NewActionDialog({ onClose }: { onClose: () => void }) {
  const { values, field } = useFields({
    name: '',
    trigger: 'post-login' as Management.ActionTriggerTypeEnum,
    runtime: 'node22',
  });
  const { name, trigger: id, runtime } = values;
  const triggers = useLoaded('triggers', (signal) =>
    manage.get<Management.ListActionTriggersResponseContent>('actions/triggers', {}, signal),
  );
  const current = (triggers.value?.triggers ?? []).filter(
    (trigger) => trigger.status === 'CURRENT' && Object.hasOwn(RUN_TRIGGERS, trigger.id),
  );
  const selected = current.find((trigger) => trigger.id === id);
  const create = async () => {
    const action = await manage.post<Management.CreateActionResponseContent>('actions/actions', {
      name,
      supported_triggers: [{ id, version: selected?.version ?? 'v3' }],
      runtime,
      code: initialCode(id),
    } satisfies Management.CreateActionRequestContent);
    navigate(`/console/actions/library/${segment(action.id ?? '')}`);
  };
  return (
    <FormDialog title="Create Action" action="Create" onSubmit={create} onClose={onClose}>
      <TextField label="Name" required {...field('name')} />
      <LoadedContent of={triggers}>
        {() => (
          <>
            <Select
              label="Trigger"
              {...field('trigger')}
              options={current.map((trigger) => ({ value: trigger.id, label: nameOfTrigger(trigger.id) }))}
            />
            <Select
              label="Runtime"
              {...field('runtime')}
              options={(selected?.runtimes ?? ['node22']).map((value) => ({ value, label: nameOfRuntime(value) }))}
            />
          </>
        )}
      </LoadedContent>
    </FormDialog>
  );
}

/** `node22` is Node 22. */
function nameOfRuntime(runtime: string): string {
  return runtime.replace(/^node(\d+).*$/, 'Node $1');
}
