import { useEffect, useRef, useState } from 'react';
import { manage } from '../../management/tenant-requests.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { useTask } from '../../management/use-task.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Form } from '../../parts/form.tsx';
import { LoadedContent } from '../../parts/loaded-content.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';
import { BodyEditor } from './body-editor.tsx';
import type { DescribedBody, DescribedOperation } from './description.ts';
import { cleaned, isObject } from './json-object.ts';
import { hasPreview, LivePreview } from './live-preview.tsx';
import { loadBody } from './load-description.ts';
import { MaskedJson } from './masked-json.tsx';
import { QueryFields, queryOf } from './query-fields.tsx';
import { type Place, pathOf } from './resource-tree.ts';
import { inSentence, nameOfOperation } from './resource-words.ts';
import { StateNote } from './state-note.tsx';

/** One operation of the Management API: its query and its body as a form, and its answer. */
export function OperationDialog(props: {
  operation: DescribedOperation;
  place: Place;
  onClose: () => void;
  /** Called after a write with what the tenant answered. Returns whether the dialog is done, so that it need not show the answer. */
  onDone: (answer: unknown) => boolean;
}) {
  const { operation, place, onClose, onDone } = props;
  const { method, query = [] } = operation;
  const title = nameOfOperation(operation, place.node);
  const body = useLoaded(`body ${method} ${operation.path}`, async () =>
    operation.hasBody ? await loadBody(operation) : null,
  );
  const [parameters, setParameters] = useState<Readonly<Record<string, string>>>({});
  const [value, setValue] = useState<unknown>();
  const [answer, setAnswer] = useState<{ readonly value: unknown }>();
  const run = useTask(async () => {
    const sent = operation.hasBody ? bodyOf(value, body.value) : undefined;
    const parts = { query: queryOf(parameters), ...(sent !== undefined && { body: sent }) };
    const received = await manage.send<unknown>(method, pathOf(place), parts);
    if (method !== 'GET' && onDone(received)) return;
    setAnswer({ value: received });
  });
  return (
    <Dialog title={title} onClose={onClose} busy={run.busy} wide={operation.hasBody === true}>
      <p className="operation-line">
        <code>
          {method} /{decodeURIComponent(pathOf(place))}
        </code>
      </p>
      <StateNote operation={operation} />
      <LoadedContent of={body}>
        {(described) => (
          <Form error={run.error} onSubmit={run.run}>
            <QueryFields parameters={query} values={parameters} onChange={setParameters} />
            {described !== null && <BodyEditor body={described} label="Body" value={value} onChange={setValue} />}
            {described !== null && hasPreview(pathOf(place)) && <LivePreview path={pathOf(place)} value={value} />}
            {method === 'DELETE' && <p className="bad">This cannot be undone.</p>}
            <ProblemNotice error={run.error} />
            {answer !== undefined && <Answer value={answer.value} />}
            <div className="buttons">
              <button type="button" disabled={run.busy} onClick={onClose}>
                Close
              </button>
              <button
                type="submit"
                className={method === 'DELETE' ? 'danger' : 'primary'}
                disabled={run.busy}
                aria-busy={run.busy}
              >
                {labelOf(title)}
              </button>
            </div>
          </Form>
        )}
      </LoadedContent>
    </Dialog>
  );
}

function Answer({ value }: { value: unknown }) {
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    section.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <section aria-label="Answer" ref={section}>
      <h3>The tenant answered</h3>
      {value === undefined ? (
        <p role="status">Done. The answer is empty.</p>
      ) : (
        <MaskedJson value={value} label="Answer" />
      )}
    </section>
  );
}

/** The label of the button: the name of the operation, if it is short. */
function labelOf(title: string): string {
  return title.length <= 28 ? title : `Run ${inSentence(title.split(' ')[0] ?? '')}`;
}

function bodyOf(value: unknown, described: DescribedBody | null | undefined): unknown {
  const whole = cleaned(value ?? (isList(described) ? [] : {}), true);
  if (!isObject(whole) || !Object.values(whole).some((one) => one instanceof Blob)) return whole;
  const form = new FormData();
  for (const [name, one] of Object.entries(whole)) form.set(name, one instanceof Blob ? one : String(one));
  return form;
}

function isList(described: DescribedBody | null | undefined): boolean {
  return described?.schema.type === 'array';
}
