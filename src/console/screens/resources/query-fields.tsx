import type { Query } from '../../management/tenant-requests.ts';
import { Select, TextField } from '../../parts/field.tsx';
import type { Parameter } from './description.ts';
import { inWords } from './resource-words.ts';

/** Parameters of pages and of parts of the answer, which the screen sets itself. */
const own = new Set(['page', 'per_page', 'include_totals', 'from', 'take', 'fields', 'include_fields']);

/** Parameters that the user may set: what a list is searched by. */
export function searchParameters(parameters: readonly Parameter[] = []): readonly Parameter[] {
  return parameters.filter(({ name }) => !own.has(name));
}

/** Fields for the parameters of a query. */
export function QueryFields(props: {
  parameters: readonly Parameter[];
  values: Readonly<Record<string, string>>;
  onChange: (values: Readonly<Record<string, string>>) => void;
}) {
  const { parameters, values, onChange } = props;
  return searchParameters(parameters).map(({ name, required, schema }) => {
    const label = `${inWords(name)}${required ? ' *' : ''}`;
    const field = {
      label,
      value: values[name] ?? '',
      onChange: (value: string) => onChange({ ...values, [name]: value }),
    };
    const options =
      schema.type === 'boolean' ? ['true', 'false'] : schema.enum?.filter((value) => typeof value === 'string');
    if (options === undefined || options.length === 0) {
      return <TextField key={name} {...field} required={required === true} />;
    }
    return (
      <Select
        key={name}
        {...field}
        options={[{ value: '', label: 'Any' }, ...options.map((value) => ({ value, label: value }))]}
      />
    );
  });
}

/** The parameters that the user has set. */
export function queryOf(values: Readonly<Record<string, string>>): Query {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}
