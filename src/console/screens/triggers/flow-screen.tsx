import type { Management } from 'auth0';
import { lazy, Suspense } from 'react';
import { manage, segment } from '../../management/tenant-requests.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { LoadedContent } from '../../parts/loaded-content.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Screen } from '../../parts/screen.tsx';
import { nameOfTrigger } from '../actions/trigger-name.ts';
import { stepOfBinding } from './flow.ts';

const FlowEditor = lazy(() => import('./flow-editor.tsx').then((loaded) => ({ default: loaded.FlowEditor })));

/** Actions > Triggers > one trigger. */
export function FlowScreen({ trigger }: { trigger: string }) {
  const path = `actions/triggers/${segment(trigger)}/bindings`;
  const flow = useLoaded(`flow ${trigger}`, async (signal) => {
    const [bindings, actions] = await Promise.all([
      manage.get<Management.ListActionBindingsPaginatedResponseContent>(path, { per_page: 100 }, signal),
      manage.get<Management.ListActionsPaginatedResponseContent>(
        'actions/actions',
        { triggerId: trigger, per_page: 100 },
        signal,
      ),
    ]);
    return { steps: (bindings.bindings ?? []).map(stepOfBinding), actions: actions.actions ?? [] };
  });
  const apply = async (body: Management.UpdateActionBindingsRequestContent) => {
    await manage.patch(path, body);
    flow.reload();
  };
  return (
    <Screen
      title={trigger === 'post-login' ? 'Login' : nameOfTrigger(trigger)}
      up={{ label: 'Triggers', path: '/console/actions/triggers' }}
      introduction="Actions run from top to bottom. Drag them, or use the buttons. Changes take effect when you apply them."
    >
      <LoadedContent of={flow}>
        {({ steps, actions }) => (
          <Suspense fallback={<Loading />}>
            <FlowEditor applied={steps} library={actions} onApply={apply} />
          </Suspense>
        )}
      </LoadedContent>
    </Screen>
  );
}
