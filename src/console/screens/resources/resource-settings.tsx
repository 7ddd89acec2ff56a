import { type ReactNode, useState } from 'react';
import { ManagementError } from '../../management/management-error.ts';
import { manage } from '../../management/tenant-requests.ts';
import { type Loaded, useLoaded } from '../../management/use-loaded.ts';
import { Choice } from '../../parts/choice.tsx';
import { Empty } from '../../parts/empty.tsx';
import { LoadedContent } from '../../parts/loaded-content.tsx';
import { SaveForm } from '../../parts/save-form.tsx';
import { useFields } from '../../parts/use-fields.ts';
import type { DescribedBody, DescribedOperation } from './description.ts';
import { plain } from './field-shape.ts';
import { cleaned, isObject, type JsonObject } from './json-object.ts';
import { hasPreview, LivePreview } from './live-preview.tsx';
import { loadBody } from './load-description.ts';
import { MaskedJson } from './masked-json.tsx';
import { PROMPT_TEXTS, PromptTexts } from './prompt-texts.tsx';
import { operationOf, type Place, pathOf, type ResourceNode } from './resource-tree.ts';
import { inSentence, nameOfNode } from './resource-words.ts';
import { SchemaForm } from './schema-form.tsx';
import { KeptSettings } from './state-note.tsx';
import { ValueFacts } from './value-facts.tsx';

/** One thing of the tenant: a form for what can be changed, and the whole as JSON. */
export function ResourceSettings({ place, of: loaded }: { place: Place; of: Loaded<unknown> }) {
  const { node } = place;
  const write = operationOf(node, 'PATCH') ?? operationOf(node, 'PUT');
  const isMissing = loaded.error instanceof ManagementError && loaded.error.status === 404;
  const name = inSentence(nameOfNode(node));
  if (isMissing && (write !== undefined || operationOf(node, 'POST') !== undefined)) {
    return (
      <Empty title={`There is no ${name} yet.`}>
        <p>The operations below set it.</p>
      </Empty>
    );
  }
  return (
    <LoadedContent of={loaded}>
      {(value) =>
        write === undefined ? (
          <>
            <ValueFacts value={value} />
            <MaskedJson value={value} label="Raw JSON" />
          </>
        ) : (
          <ChangeableSettings place={place} value={value} write={write} onChange={loaded.reload} />
        )
      }
    </LoadedContent>
  );
}

function ChangeableSettings(props: { place: Place; value: unknown; write: DescribedOperation; onChange: () => void }) {
  const { place, value, write, onChange } = props;
  const { node } = place;
  const [view, setView] = useState<'form' | 'raw'>('form');
  const body = useLoaded(`body ${write.method} ${write.path}`, () => loadBody(write));
  return (
    <>
      <Choice
        label="View"
        value={view}
        onChange={setView}
        options={[
          { value: 'form', label: 'Settings' },
          { value: 'raw', label: 'Raw JSON' },
        ]}
      />
      {view === 'raw' ? (
        <MaskedJson value={value} label="Raw JSON" />
      ) : (
        <LoadedContent of={body}>
          {(described) =>
            node.path === PROMPT_TEXTS && isObject(value) ? (
              <PromptTexts place={place} value={value} onChange={onChange} />
            ) : isObject(value) && isFormOf(described) ? (
              <SettingsForm place={place} value={value} write={write} body={described} onChange={onChange} />
            ) : (
              <WholeForm
                place={place}
                value={asWritten(node, value)}
                write={write}
                body={described}
                onChange={onChange}
              />
            )
          }
        </LoadedContent>
      )}
    </>
  );
}

/** Members that are written under another name than they are read, by the path of the resource. */
const writtenNames: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '/branding/templates/universal-login': { body: 'template' },
};

function asWritten({ path }: ResourceNode, value: unknown): unknown {
  const names = writtenNames[path];
  if (names === undefined || !isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [names[name] ?? name, one]));
}

function isFormOf({ schema, schemas }: DescribedBody): boolean {
  return plain(schema, schemas).whole.properties !== undefined;
}

interface FormProps<Value> {
  readonly place: Place;
  readonly value: Value;
  readonly write: DescribedOperation;
  readonly body: DescribedBody;
  readonly onChange: () => void;
}

/** A thing with members. `PATCH` sends those that changed, `PUT` sends all that can be set. */
function SettingsForm({ place, value, write, body, onChange }: FormProps<JsonObject>) {
  const { schema, schemas } = body;
  const known = plain(schema, schemas).whole.properties ?? {};
  const settable = Object.fromEntries(Object.entries(value).filter(([member]) => Object.hasOwn(known, member)));
  const fields = useFields<JsonObject>(settable);
  const save = () => {
    const changes = Object.fromEntries(
      Object.entries(fields.changes).filter(([member, one]) => one !== '' || fields.before[member] !== undefined),
    );
    const sent = write.method === 'PATCH' ? changes : withoutNull(fields.values);
    return manage.send(write.method, pathOf(place), { body: cleaned(sent, false) });
  };
  return withPreview(
    place,
    fields.values,
    <SaveForm fields={fields} action="Save changes" save={save} doneMessage="It is saved." onSaved={onChange}>
      <KeptSettings kept={body.kept} state={write.state} />
      <SchemaForm
        schema={schema}
        schemas={schemas}
        value={fields.values}
        // A member that was emptied stays in the values: only then is it sent.
        onChange={(next) => fields.change(withRemoved(fields.values, isObject(next) ? next : {}))}
        label={nameOfNode(place.node)}
      />
    </SaveForm>,
  );
}

/** A form beside what users would see with its values, if they see anything of it. */
function withPreview(place: Place, value: unknown, form: ReactNode): ReactNode {
  const path = pathOf(place);
  if (!hasPreview(path)) return form;
  return (
    <div className="with-preview">
      <div>{form}</div>
      <LivePreview path={path} value={value} />
    </div>
  );
}

function withRemoved(before: JsonObject, after: JsonObject): JsonObject {
  const removed = Object.keys(before).filter((member) => !Object.hasOwn(after, member));
  return { ...after, ...Object.fromEntries(removed.map((member) => [member, null])) };
}

function withoutNull(values: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(values).filter(([, one]) => one !== null));
}

/** A thing that is a list, or whose members have no names in the description: it is written as a whole. */
function WholeForm({ place, value, write, body, onChange }: FormProps<unknown>) {
  const fields = useFields<{ whole: unknown }>({ whole: value });
  const save = () => manage.send(write.method, pathOf(place), { body: cleaned(fields.values.whole, false) });
  return withPreview(
    place,
    fields.values.whole,
    <SaveForm fields={fields} action="Save changes" save={save} doneMessage="It is saved." onSaved={onChange}>
      <SchemaForm
        {...body}
        label={nameOfNode(place.node)}
        value={fields.values.whole}
        onChange={(whole) => fields.change({ whole })}
      />
    </SaveForm>,
  );
}
