import type { Management } from 'auth0';
import { useState } from 'react';
import { messageOf } from '../../management/management-error.ts';
import { manage, segment } from '../../management/tenant-requests.ts';
import { useTask } from '../../management/use-task.ts';
import { TextArea } from '../../parts/field.tsx';
import { Form } from '../../parts/form.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';
import type { ActionAtWork } from './use-action.ts';

/** What the test of a draft answers, as far as tenants do. */
interface Outcome {
  readonly error?: { readonly name?: string; readonly message?: string; readonly stack?: string };
  readonly stats?: { readonly action_duration_ms?: number };
  /** What it wrote to its console. */
  readonly logs?: string;
}

/** What every event has, where there is no whole one to begin with. */
const least = { tenant: { id: 'example' }, request: {}, transaction: {} };

/** Runs the draft once with a made-up event. Nothing that it asks for is done. */
export function TestPanel({ work, event }: { work: ActionAtWork; event: unknown }) {
  const [text, setText] = useState<string>();
  const [outcome, setOutcome] = useState<Outcome>();
  const shown = text ?? JSON.stringify(event ?? least, null, 2);
  const test = useTask(async () => {
    setOutcome(undefined);
    const parsed = parsedEvent(shown);
    if (work.dirty) await work.save();
    const { payload } = await manage.post<Management.TestActionResponseContent>(
      `actions/actions/${segment(work.action.id ?? '')}/test`,
      { payload: { event: parsed } } satisfies Management.TestActionRequestContent,
    );
    setOutcome((payload ?? {}) as Outcome);
  });
  return (
    <Form onSubmit={test.run}>
      <TextArea
        label="Event"
        hint={
          event === undefined ? 'Of this trigger: add what the Action reads' : 'A made-up one; change it as you like'
        }
        code
        rows={12}
        value={shown}
        onChange={setText}
      />
      <div className="row">
        <button type="submit" className="primary" disabled={test.busy}>
          {test.busy ? 'Running…' : work.dirty ? 'Save and Run' : 'Run'}
        </button>
        {text !== undefined && (
          <button type="button" onClick={() => setText(undefined)}>
            Back to the first event
          </button>
        )}
      </div>
      <ProblemNotice error={test.error} />
      <div role="status">{outcome && <TestOutcome outcome={outcome} />}</div>
    </Form>
  );
}

function TestOutcome({ outcome: { error, stats, logs } }: { outcome: Outcome }) {
  return (
    <>
      {error === undefined ? (
        <p className="good">It ran to its end in {stats?.action_duration_ms ?? 0} ms.</p>
      ) : (
        <div className="problem">
          <strong>
            {error.name}: {error.message}
          </strong>
          {error.stack && <pre>{error.stack}</pre>}
        </div>
      )}
      {logs ? (
        <>
          <h3>Console</h3>
          <pre className="console">{logs}</pre>
        </>
      ) : (
        <p className="muted">It wrote nothing to its console.</p>
      )}
    </>
  );
}

function parsedEvent(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`The event is not JSON: ${messageOf(error)}`);
  }
}
