import type { Management } from 'auth0';
import { lazy, Suspense, useState } from 'react';
import { movedLine } from '../../editor/moved-line.ts';
import { manage, readDocument, segment } from '../../management/tenant-requests.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { useTask } from '../../management/use-task.ts';
import { Link } from '../../navigation/link.tsx';
import { useGuard } from '../../navigation/use-guard.ts';
import { pageSettings } from '../../page-settings.ts';
import { useNotify } from '../../parts/notices.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';
import { Screen } from '../../parts/screen.tsx';
import { ActionState } from './action-state.tsx';
import { buildErrors } from './draft.ts';
import { RestoredNotice } from './restored-notice.tsx';
import { SidePanel } from './side-panel.tsx';
import { nameOfTrigger } from './trigger-name.ts';
import { readSyntaxError, useAction } from './use-action.ts';

const CodeEditor = lazy(() =>
  import('../../editor/code-editor.tsx').then((loaded) => ({ default: loaded.CodeEditor })),
);

/** The editor of an Action: its code, the side panel, and buttons that save and deploy it. */
export function ActionEditor({ initial }: { initial: Management.GetActionResponseContent }) {
  const work = useAction(initial);
  const { action, draft, dirty, conflicting } = work;
  const notify = useNotify();
  const trigger = action.supported_triggers?.[0]?.id ?? '';
  const event = useLoaded(`event of ${trigger}`, (signal) => exampleEvent(trigger, signal));
  const [task, setTask] = useState<'save' | 'deploy'>('save');
  const run = useTask(async (operation: 'save' | 'deploy') => {
    setTask(operation);
    if (operation === 'save') await work.save();
    else await work.deploy();
    notify(operation === 'save' ? 'The draft is saved and built.' : 'The Action is deployed.');
  });
  useGuard(dirty, work.discard);
  const { id = '', code = '', updated_at } = action;
  const syntax = useLoaded(`syntax of ${id} ${updated_at}`, (signal) => readSyntaxError(id, signal));
  const deployed = action.deployed_version?.id;
  // An Action that is not deployed cannot be in a flow.
  const bound = useLoaded(`flow with ${id} ${deployed}`, (signal) =>
    deployed === undefined ? Promise.resolve(undefined) : isBound(trigger, id, signal),
  );
  const errors = buildErrors(action);
  const marked = [...errors.map(({ msg = '' }) => msg), ...(syntax.value === undefined ? [] : [syntax.value])];
  return (
    <Screen
      title={action.name ?? 'Action'}
      up={{ label: 'Library', path: '/console/actions/library' }}
      introduction={
        <>
          {nameOfTrigger(trigger)} · {action.runtime} · <ActionState action={action} />
          {dirty && <span className="warning"> · not saved</span>}
          {/* Triggers without an event are not run here, and some have no flow. */}
          {bound.value === false && event.value !== undefined && (
            <>
              {' · '}
              <Link to={`/console/actions/triggers/${segment(trigger)}`}>in no flow yet: add it</Link>
            </>
          )}
        </>
      }
      actions={
        <>
          <button type="button" disabled={run.busy || !dirty} onClick={() => void run.run('save')}>
            {run.busy && task === 'save' ? 'Saving…' : 'Save Draft'}
          </button>
          <button type="button" className="primary" disabled={run.busy} onClick={() => void run.run('deploy')}>
            {run.busy && task === 'deploy' ? 'Deploying…' : 'Deploy'}
          </button>
        </>
      }
    >
      {conflicting !== undefined && (
        <div className="problem" role="alert">
          <strong>This Action was changed elsewhere.</strong> Take that version and lose your unsaved changes, or keep
          yours and overwrite the other version.{' '}
          <button type="button" onClick={work.takeConflicting}>
            Take the other version
          </button>
          <button type="button" onClick={work.keepDraft}>
            Keep my draft
          </button>
        </div>
      )}
      <RestoredNotice work={work} />
      <ProblemNotice error={run.error} />
      {run.error === undefined &&
        errors.map(({ msg }) => <ProblemNotice key={msg} error={new Error(`The build failed: ${msg}`)} />)}
      {run.error === undefined && syntax.value !== undefined && (
        <ProblemNotice error={new Error(`The saved code cannot be parsed, so every run fails. ${syntax.value}`)} />
      )}
      <div className="workbench">
        <Suspense fallback={<div className="editor loading">Loading the editor…</div>}>
          <CodeEditor
            label={`Code of ${action.name}`}
            value={draft.code}
            onChange={(code) => work.change({ code })}
            lineErrors={marked.flatMap((message) => {
              const saved = Number(/\(line (\d+)\)/.exec(message)?.[1] ?? 0);
              const line = movedLine(code, draft.code, saved);
              return line === undefined ? [] : [{ line, message }];
            })}
            trigger={trigger}
            event={event.value}
            secrets={draft.secrets.map(({ name }) => name)}
          />
        </Suspense>
        <SidePanel work={work} event={event.value} />
      </div>
    </Screen>
  );
}

/** A complete event of the trigger, for tests and completion; `undefined` if this tenant does not run the trigger. */
async function exampleEvent(trigger: string, signal: AbortSignal): Promise<unknown> {
  if (!pageSettings.documents.includes('event')) return undefined;
  return (await readDocument<unknown>('event', { trigger }, signal)) ?? undefined;
}

/** Whether the flow of a trigger has an Action: only then it runs. */
async function isBound(trigger: string, id: string, signal: AbortSignal): Promise<boolean> {
  const { bindings = [] } = await manage.get<Management.ListActionBindingsPaginatedResponseContent>(
    `actions/triggers/${segment(trigger)}/bindings`,
    { per_page: 100 },
    signal,
  );
  return bindings.some(({ action }) => action?.id === id);
}
