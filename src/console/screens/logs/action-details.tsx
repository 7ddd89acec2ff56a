import type { Management } from 'auth0';
import { manage, readDocument, segment } from '../../management/tenant-requests.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { pageSettings } from '../../page-settings.ts';
import { Empty } from '../../parts/empty.tsx';
import { LoadedContent } from '../../parts/loaded-content.tsx';
import { type ActionRun, type ExecutionDocument, runsOfDocument, runsOfExecution } from './action-run.ts';
import { ActionRunView } from './action-run-view.tsx';

/** The Action runs of a login, in order. */
export function ActionDetails({ entry }: { entry: Management.Log }) {
  const runs = useLoaded(`runs of ${entry.log_id}`, (signal) => runsOf(entry, signal));
  return (
    <LoadedContent of={runs}>
      {(found) =>
        found.length === 0 ? (
          <Empty title="No Actions ran.">
            <p>Deploy an Action, and add it to the flow of a trigger.</p>
          </Empty>
        ) : (
          <ol className="runs">
            {found.map((run) => (
              <ActionRunView key={run.key} run={run} />
            ))}
          </ol>
        )
      }
    </LoadedContent>
  );
}

/** Reads this tenant's own document if it has one: it has more details than the Management API, and covers failed logins. */
async function runsOf(entry: Management.Log, signal: AbortSignal): Promise<ActionRun[]> {
  if (pageSettings.documents.includes('executions')) {
    const found = await readDocument<ExecutionDocument[]>('executions', { log_id: entry.log_id }, signal);
    return found.flatMap(runsOfDocument);
  }
  const { executions = [] } = (entry.details?.actions ?? {}) as { executions?: string[] };
  const found = await Promise.all(
    executions.map((id) =>
      manage.get<Management.GetActionExecutionResponseContent>(`actions/executions/${segment(id)}`, {}, signal),
    ),
  );
  return found.flatMap(runsOfExecution);
}
