import type { Management } from 'auth0';
import { manage, segment } from '../../management/tenant-requests.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { LoadedContent } from '../../parts/loaded-content.tsx';
import { Screen } from '../../parts/screen.tsx';
import { ActionEditor } from './action-editor.tsx';

/** Reads an Action once, then leaves it to the editor. */
export function ActionScreen({ id }: { id: string }) {
  const action = useLoaded(`action ${id}`, (signal) =>
    manage.get<Management.GetActionResponseContent>(`actions/actions/${segment(id)}`, {}, signal),
  );
  if (action.value !== undefined) return <ActionEditor key={id} initial={action.value} />;
  return (
    <Screen title="Action" up={{ label: 'Library', path: '/console/actions/library' }}>
      <LoadedContent of={action}>{() => null}</LoadedContent>
    </Screen>
  );
}
