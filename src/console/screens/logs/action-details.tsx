import type { Management } from 'auth0';
import { manage, readDocument, segment } from '../../management/tenant-requests.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { pageSettings } from '../../page-settings.ts';
import { Empty } from '../../parts/empty.tsx';
import { Loads } from '../../parts/loads.tsx';
import { type ActionRun, type ExecutionDocument, runsOfDocument, runsOfExecution } from './action-run.ts';
import { ActionRunView } from './action-run-view.tsx';

/** What the Actions of a login did and wrote, in their order. */
export function ActionDetails({ entry }: { entry: Management.Log }) {
  const runs = useLoaded(`runs of ${entry.log_id}`, (signal) => runsOf(entry, signal));
  return (
    <Loads of={runs}>
      {(found) =>
        found.length === 0 ? (
          <Empty title="No Action took part in this.">
            <p>Put one into the flow of a trigger, and deploy it.</p>
          </Empty>
        ) : (
          <ol className="runs">
            {found.map((run) => (
              <ActionRunView key={run.key} run={run} />
            ))}
          </ol>
        )
      }
    </Loads>
  );
}

/** This tenant tells more than the Management API, and of failed logins as well. */
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
