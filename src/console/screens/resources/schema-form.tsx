import { type ReactNode, useId } from 'react';
import { valueFormatOf } from '../../management/value-formats.ts';
import { Checkbox, Select, TextArea, TextField } from '../../parts/field.tsx';
import type { Schema } from './description.ts';
import { type FieldShape, type Property, plain, type Schemas, shapeOf } from './field-shape.ts';
import { JsonField } from './json-field.tsx';
import { isObject, type JsonObject } from './json-object.ts';
import { ReferenceField, ReferencesField } from './reference-field.tsx';
import { inWords } from './resource-words.ts';
import { ScriptField } from './script-field.tsx';
import { settingGroups } from './setting-groups.ts';

/** The fields for a value of a schema. Members that the user leaves alone are absent from the value. */
export function SchemaForm(props: {
  schema: Schema;
  schemas: Schemas;
  value: unknown;
  onChange: (value: unknown) => void;
  /** The name of the whole value, if it is no object. */
  label: string;
  /** A new thing: what it can do without folds away. */
  isNew?: boolean;
}) {
  const { schema, schemas, value, onChange, label, isNew = false } = props;
  return (
    <SchemaField
      name={label}
      path=""
      schema={schema}
      schemas={schemas}
      value={value}
      onChange={onChange}
      isRequired
      isNew={isNew}
      depth={0}
    />
  );
}

/** A new thing with more optional fields than these shows the others first. */
const FEW = 2;

interface FieldProps {
  readonly name: string;
  /** The names of the members that lead to it, as the tenant reports mistakes. */
  readonly path: string;
  readonly schema: Schema;
  readonly schemas: Schemas;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly isRequired: boolean;
  readonly isNew: boolean;
  readonly depth: number;
}

function SchemaField(props: FieldProps): ReactNode {
  const { name, path, schema, schemas, value, onChange, isRequired, depth } = props;
  const shape = shapeOf(schema, schemas, name, depth, path);
  const own = { label: `${inWords(name)}${isRequired && depth > 0 ? ' *' : ''}`, name: path };
  const empty = shape.isNullable ? null : undefined;
  const text = typeof value === 'string' ? value : '';
  switch (shape.kind) {
    case 'flag':
      return (
        <Checkbox checked={value === true} onChange={onChange}>
          {inWords(name)}
        </Checkbox>
      );
    case 'number':
      return (
        <TextField
          {...own}
          {...hintOf(schema, schemas)}
          type="number"
          required={isRequired}
          value={typeof value === 'number' ? String(value) : ''}
          onChange={(entered) => onChange(entered === '' ? empty : Number(entered))}
        />
      );
    case 'choice':
      return (
        <Select
          {...own}
          value={text}
          onChange={(chosen) => onChange(chosen === '' ? empty : chosen)}
          options={[
            ...(isRequired && text !== '' ? [] : [{ value: '', label: isRequired ? 'Choose one' : 'Not set' }]),
            ...shape.values.map((one) => ({ value: one, label: one })),
          ]}
        />
      );
    case 'choices':
      return <Choices legend={own.label} values={shape.values} value={value} onChange={onChange} />;
    case 'lines':
      if (shape.from !== undefined) {
        return <ReferencesField {...own} from={shape.from} value={textsOf(value)} onChange={onChange} />;
      }
      return (
        <TextArea
          {...own}
          hint="One per line"
          rows={Math.min(6, Math.max(2, textsOf(value).length + 1))}
          value={textsOf(value).join('\n')}
          onChange={(entered) => onChange(entered.split('\n'))}
        />
      );
    case 'text':
      return <SchemaText {...props} shape={shape} own={own} text={text} empty={empty} />;
    case 'script':
      return <ScriptField {...own} value={text} onChange={(entered) => onChange(entered === '' ? empty : entered)} />;
    case 'file':
      return <FileField label={own.label} onChange={onChange} />;
    case 'group':
      return <SchemaGroup {...props} properties={shape.properties} />;
    case 'variants':
      return <SchemaVariants {...props} shape={shape} />;
    case 'json':
      return <JsonField {...own} value={value} onChange={onChange} />;
  }
}

function SchemaText(
  props: FieldProps & {
    shape: Extract<FieldShape, { kind: 'text' }>;
    own: { readonly label: string; readonly name: string };
    text: string;
    empty: null | undefined;
  },
) {
  const { shape, own, text, empty, isRequired, schema, schemas, onChange } = props;
  const change = (entered: string) => onChange(entered === '' && empty === null ? null : entered);
  // A field of one line would drop the others.
  if (shape.isLong || text.includes('\n'))
    return <TextArea {...own} rows={text.length > 400 ? 12 : 4} code value={text} onChange={change} />;
  if (shape.from !== undefined) {
    return <ReferenceField {...own} from={shape.from} value={text} required={isRequired} onChange={change} />;
  }
  return (
    <TextField
      {...own}
      value={text}
      required={isRequired}
      {...formatHint(schema, schemas)}
      {...(shape.isSecret && { type: 'password', autoComplete: 'new-password' })}
      onChange={change}
    />
  );
}

/** The members of an object. Those of the whole value come in groups, objects inside it fold away. */
function SchemaGroup({ properties, ...props }: FieldProps & { properties: readonly Property[] }) {
  const { name, path, schemas, value, onChange, depth } = props;
  const members = isObject(value) ? value : {};
  const field = (property: Property) => (
    <SchemaField
      key={property.name}
      name={property.name}
      path={path === '' ? property.name : `${path}.${property.name}`}
      schema={property.schema}
      schemas={schemas}
      value={members[property.name]}
      onChange={(changed) => onChange(withMember(members, property.name, changed))}
      // Inside a group that may be left out, nothing must be entered.
      isRequired={property.isRequired && props.isRequired}
      isNew={props.isNew}
      depth={depth + 1}
    />
  );
  if (depth > 0) {
    const count = Object.values(members).filter((one) => one !== undefined && one !== null).length;
    return (
      <details className="fold" open={props.isRequired}>
        <summary>
          {inWords(name)} <span className="muted">{count === 0 ? 'not set' : `${count} set`}</span>
        </summary>
        <div className="fields">
          {inOrder(properties, schemas).map(field)}
          {isOpen(props.schema, schemas) && (
            <JsonField
              label="Further members"
              name={path}
              value={furtherMembers(members, properties)}
              onChange={(further) =>
                onChange({ ...knownMembers(members, properties), ...(isObject(further) ? further : {}) })
              }
            />
          )}
        </div>
      </details>
    );
  }
  const ordered = inOrder(properties, schemas);
  // A new thing without a name of its own gets one that nothing is found by.
  const isFirst = ({ name, isRequired }: Property) => isRequired || name === 'name';
  const optional = ordered.filter((property) => !isFirst(property));
  if (props.isNew && optional.length > FEW && optional.length < ordered.length) {
    return (
      <>
        {ordered.filter(isFirst).map(field)}
        <details className="fold">
          <summary>
            More settings <span className="muted">{optional.length}</span>
          </summary>
          <div className="fields">{optional.map(field)}</div>
        </details>
      </>
    );
  }
  return settingGroups(ordered).map(({ label, properties: own }) =>
    label === '' ? (
      own.map(field)
    ) : (
      <section key={label} className="setting-group" aria-label={label}>
        <h3>{label}</h3>
        <div className="fields">{own.map(field)}</div>
      </section>
    ),
  );
}

/** Required fields first and groups last; otherwise as published. */
function inOrder(properties: readonly Property[], schemas: Schemas): readonly Property[] {
  const rank = ({ name, schema, isRequired }: Property) =>
    (shapeOf(schema, schemas, name).kind === 'group' ? 2 : 0) + (isRequired ? 0 : 1);
  return [...properties].sort((one, other) => rank(one) - rank(other));
}

/** Whether an object may have members that the description does not name. */
function isOpen(schema: Schema, schemas: Schemas): boolean {
  const { additionalProperties } = plain(schema, schemas).whole;
  return additionalProperties !== undefined && additionalProperties !== false;
}

function knownMembers(members: JsonObject, properties: readonly Property[]): JsonObject {
  const names = new Set(properties.map(({ name }) => name));
  return Object.fromEntries(Object.entries(members).filter(([name]) => names.has(name)));
}

function furtherMembers(members: JsonObject, properties: readonly Property[]): JsonObject | undefined {
  const known = knownMembers(members, properties);
  const further = Object.entries(members).filter(([name]) => !Object.hasOwn(known, name));
  return further.length === 0 ? undefined : Object.fromEntries(further);
}

function SchemaVariants({ shape, ...props }: FieldProps & { shape: Extract<FieldShape, { kind: 'variants' }> }) {
  const { name, schemas, value, onChange, depth } = props;
  const members = isObject(value) ? value : {};
  const fits = ({ mark, schema }: (typeof shape.variants)[number]) =>
    mark === undefined
      ? Object.keys(members).length > 0 &&
        Object.keys(members).every((key) => key in (plain(schema, schemas).whole.properties ?? {}))
      : members[mark[0]] === mark[1];
  const current = shape.variants.findIndex(fits);
  const chosen = shape.variants[Math.max(0, current)];
  const choose = (label: string) => {
    const next = shape.variants.find((one) => one.label === label);
    if (next === undefined) return;
    const known = plain(next.schema, schemas).whole.properties ?? {};
    const common = Object.fromEntries(
      Object.entries(members).filter(([key]) => key in known && !isObject(members[key])),
    );
    onChange({ ...common, ...(next.mark !== undefined && { [next.mark[0]]: next.mark[1] }) });
  };
  if (chosen === undefined) return null;
  const { whole } = plain(chosen.schema, schemas);
  const rest = Object.fromEntries(Object.entries(whole.properties ?? {}).filter(([key]) => key !== chosen.mark?.[0]));
  const body = { ...whole, properties: rest };
  const withMark = (changed: unknown) =>
    onChange({
      ...(isObject(changed) ? changed : {}),
      ...(chosen.mark !== undefined && { [chosen.mark[0]]: chosen.mark[1] }),
    });
  return (
    <>
      <Select
        label={depth === 0 ? inWords(chosen.mark?.[0] ?? 'Kind') : inWords(name)}
        value={chosen.label}
        onChange={choose}
        options={shape.variants.map(({ label }) => ({ value: label, label: inWords(label) }))}
      />
      <SchemaField {...props} schema={body} onChange={withMark} />
    </>
  );
}

function Choices(props: {
  legend: string;
  values: readonly string[];
  value: unknown;
  onChange: (value: readonly string[]) => void;
}) {
  const { legend, values, value, onChange } = props;
  const chosen = textsOf(value);
  return (
    <fieldset className="plain">
      <legend>{legend}</legend>
      {values.map((one) => (
        <Checkbox
          key={one}
          checked={chosen.includes(one)}
          onChange={(yes) => onChange(yes ? [...chosen, one] : chosen.filter((other) => other !== one))}
        >
          {one}
        </Checkbox>
      ))}
    </fieldset>
  );
}

function FileField({ label, onChange }: { label: string; onChange: (file: unknown) => void }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input id={id} type="file" required onChange={({ target }) => onChange(target.files?.[0])} />
    </div>
  );
}

function hintOf(schema: Schema, schemas: Schemas): { readonly hint?: string } {
  const { minimum, maximum, default: usual } = plain(schema, schemas).whole;
  const parts = [
    minimum !== undefined && maximum !== undefined && `From ${minimum} to ${maximum}`,
    typeof usual === 'number' && `${usual} unless set`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? {} : { hint: parts.join(', ') };
}

/** The form of a text below its field, checked before the form is sent if the tenant's answer would not name the field. */
function formatHint(schema: Schema, schemas: Schemas) {
  const format = valueFormatOf(plain(schema, schemas).whole);
  if (format === undefined || !format.isHint) return {};
  const { words, pattern } = format;
  const hint = `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
  return { hint, ...(pattern !== undefined && { pattern, title: hint }) };
}

function withMember(members: JsonObject, name: string, value: unknown): JsonObject {
  const { [name]: _, ...others } = members;
  return value === undefined ? others : { ...members, [name]: value };
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
