import type { Management } from 'auth0';
import { useState } from 'react';
import { messageOf } from '../../management/management-error.ts';
import { manage, segment } from '../../management/tenant-requests.ts';
import { useTask } from '../../management/use-task.ts';
import { TextArea } from '../../parts/field.tsx';
import { Form } from '../../parts/form.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';
import type { EditedAction } from './use-action.ts';

/** The result of a test. The published type does not describe its members. */
interface TestResult {
  readonly error?: { readonly name?: string; readonly message?: string; readonly stack?: string };
  readonly stats?: { readonly action_duration_ms?: number };
  /** The output to the Action's console. */
  readonly logs?: string;
}

/** The initial event if there is no complete one for the trigger. */
const minimalEvent = { tenant: { id: 'example' }, request: {}, transaction: {} };

/** Runs the draft once with a made-up event. Its `api` calls have no effect. */
export function TestPanel({ work, event }: { work: EditedAction; event: unknown }) {
  const [text, setText] = useState<string>();
  const [outcome, setOutcome] = useState<TestResult>();
  const eventText = text ?? JSON.stringify(event ?? minimalEvent, null, 2);
  const test = useTask(async () => {
    setOutcome(undefined);
    const parsed = parsedEvent(eventText);
    if (work.dirty) await work.save();
    const { payload } = await manage.post<Management.TestActionResponseContent>(
      `actions/actions/${segment(work.action.id ?? '')}/test`,
      { payload: { event: parsed } } satisfies Management.TestActionRequestContent,
    );
    setOutcome((payload ?? {}) as TestResult);
  });
  return (
    <Form onSubmit={test.run}>
      <TextArea
        label="Event"
        hint={event === undefined ? 'Add the members that the Action reads' : 'An example; change it as you like'}
        code
        rows={12}
        value={eventText}
        onChange={setText}
      />
      <div className="row">
        <button type="submit" className="primary" disabled={test.busy}>
          {test.busy ? 'Running…' : work.dirty ? 'Save and Run' : 'Run'}
        </button>
        {text !== undefined && (
          <button type="button" onClick={() => setText(undefined)}>
            Reset the event
          </button>
        )}
      </div>
      <ProblemNotice error={test.error} />
      <div role="status">{outcome && <TestOutcome outcome={outcome} />}</div>
    </Form>
  );
}

function TestOutcome({ outcome: { error, stats, logs } }: { outcome: TestResult }) {
  return (
    <>
      {error === undefined ? (
        <p className="good">The Action completed in {stats?.action_duration_ms ?? 0} ms.</p>
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
        <p className="muted">The Action wrote nothing to its console.</p>
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
