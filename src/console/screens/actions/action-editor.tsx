import type { Management } from 'auth0';
import { lazy, Suspense, useState } from 'react';
import { readDocument } from '../../management/tenant-requests.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { useTask } from '../../management/use-task.ts';
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
import { useAction } from './use-action.ts';

const CodeEditor = lazy(() =>
  import('../../editor/code-editor.tsx').then((loaded) => ({ default: loaded.CodeEditor })),
);

/** The code of an Action, what belongs to it, and what can be done with it. */
export function ActionEditor({ initial }: { initial: Management.GetActionResponseContent }) {
  const work = useAction(initial);
  const { action, draft, dirty, theirs } = work;
  const notify = useNotify();
  const trigger = action.supported_triggers?.[0]?.id ?? '';
  const event = useLoaded(`event of ${trigger}`, (signal) => exampleOf(trigger, signal));
  const [task, setTask] = useState<'save' | 'deploy'>('save');
  const run = useTask(async (what: 'save' | 'deploy') => {
    setTask(what);
    if (what === 'save') await work.save();
    else await work.deploy();
    notify(what === 'save' ? 'The draft is saved and built.' : 'The Action is deployed.');
  });
  useGuard(dirty, work.discard);
  const errors = buildErrors(action);
  return (
    <Screen
      title={action.name ?? 'Action'}
      up={{ label: 'Library', path: '/console/actions/library' }}
      introduction={
        <>
          {nameOfTrigger(trigger)} · {action.runtime} · <ActionState action={action} />
          {dirty && <span className="warning"> · not saved</span>}
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
      {theirs !== undefined && (
        <div className="problem" role="alert">
          <strong>Somebody else has changed this Action meanwhile.</strong> Take theirs and lose what you have not
          saved, or keep yours and write over theirs.{' '}
          <button type="button" onClick={work.takeTheirs}>
            Take theirs
          </button>
          <button type="button" onClick={work.keepMine}>
            Keep mine
          </button>
        </div>
      )}
      <RestoredNotice work={work} />
      <ProblemNotice error={run.error} />
      {run.error === undefined &&
        errors.map(({ msg }) => <ProblemNotice key={msg} error={new Error(`The build failed: ${msg}`)} />)}
      <div className="workbench">
        <Suspense fallback={<div className="editor loading">Loading the editor…</div>}>
          <CodeEditor
            label={`Code of ${action.name}`}
            value={draft.code}
            onChange={(code) => work.change({ code })}
            complaints={errors.map(({ msg = '' }) => ({
              line: Number(/\(line (\d+)\)/.exec(msg)?.[1] ?? 0),
              message: msg,
            }))}
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

/** A whole event of the trigger, to test with and to complete from; there is none of those whose Actions are not run. */
async function exampleOf(trigger: string, signal: AbortSignal): Promise<unknown> {
  if (!pageSettings.documents.includes('event')) return undefined;
  return (await readDocument<unknown>('event', { trigger }, signal)) ?? undefined;
}
