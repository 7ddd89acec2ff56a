import { useId } from 'react';
import { manage, type Query } from '../../management/tenant-requests.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { Checkbox, Select, TextArea, TextField } from '../../parts/field.tsx';
import type { ReferencedList } from './field-shape.ts';

interface Option {
  readonly value: string;
  readonly label: string;
}

interface ListRequest {
  readonly path: string;
  readonly query: Query;
  readonly key: string;
}

const requests: Readonly<Record<ReferencedList, ListRequest>> = {
  clients: { path: 'clients', query: { per_page: 100, is_global: false, fields: 'client_id,name' }, key: 'client_id' },
  connections: { path: 'connections', query: { per_page: 100 }, key: 'id' },
  roles: { path: 'roles', query: { per_page: 100 }, key: 'id' },
  users: { path: 'users', query: { per_page: 100 }, key: 'user_id' },
  organizations: { path: 'organizations', query: { per_page: 100 }, key: 'id' },
};

/** More than these are entered as ids. */
const MOST = 60;

const UNKNOWN: readonly Option[] = [];

function useOptions(from: ReferencedList): readonly Option[] | undefined {
  const { path, query, key } = requests[from];
  const list = useLoaded(`options ${from}`, async (signal) => {
    const rows = await manage.get<readonly Readonly<Record<string, unknown>>[]>(path, query, signal);
    return rows.map((row) => ({
      value: String(row[key]),
      label: String(row.email ?? row.display_name ?? row.name ?? row[key]),
    }));
  });
  // A list that cannot be read leaves the id to the user.
  return list.value ?? (list.error === undefined ? undefined : UNKNOWN);
}

/** One thing of the tenant: a list to choose from, or its id if there are many. */
export function ReferenceField(props: {
  label: string;
  name: string;
  from: ReferencedList;
  value: string;
  required: boolean;
  onChange: (value: string) => void;
}) {
  const { from, ...own } = props;
  const options = useOptions(from);
  const id = useId();
  if (options !== undefined && (options.length === 0 || options.length > MOST)) {
    const chosen = options.find((option) => option.value === own.value);
    const hint =
      chosen?.label ??
      (options.length === 0 && options !== UNKNOWN
        ? `This tenant has no ${from} yet.`
        : `The id of one of the ${from}`);
    return (
      <>
        <TextField {...own} list={id} hint={hint} />
        <datalist id={id}>
          {options.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </datalist>
      </>
    );
  }
  const known = options ?? [];
  // An id that the list does not have stays as it is.
  const other = own.value !== '' && known.every(({ value }) => value !== own.value) ? [own.value] : [];
  return (
    <Select
      {...own}
      options={[
        { value: '', label: own.required ? 'Choose one' : 'Not set' },
        ...other.map((value) => ({ value, label: value })),
        ...known,
      ]}
    />
  );
}

/** The ids of several things of the tenant: a box for each, or lines if there are many. */
export function ReferencesField(props: {
  label: string;
  name: string;
  from: ReferencedList;
  value: readonly string[];
  onChange: (value: readonly string[]) => void;
}) {
  const { label, name, from, value, onChange } = props;
  const options = useOptions(from);
  if (options === undefined || options.length === 0 || options.length > MOST) {
    return (
      <TextArea
        label={label}
        name={name}
        hint={`Ids, one per line${options?.length === 0 && options !== UNKNOWN ? `. This tenant has no ${from} yet.` : ''}`}
        rows={2}
        value={value.join('\n')}
        onChange={(text) => onChange(text.split('\n'))}
      />
    );
  }
  const known = new Set(options.map((option) => option.value));
  const others = value.filter((one) => !known.has(one)).map((one) => ({ value: one, label: one }));
  return (
    <fieldset className="plain">
      <legend>{label}</legend>
      <div className="checkbox-list">
        {[...options, ...others].map((option) => (
          <Checkbox
            key={option.value}
            checked={value.includes(option.value)}
            onChange={(yes) =>
              onChange(yes ? [...value, option.value] : value.filter((other) => other !== option.value))
            }
          >
            {option.label}
          </Checkbox>
        ))}
      </div>
    </fieldset>
  );
}
