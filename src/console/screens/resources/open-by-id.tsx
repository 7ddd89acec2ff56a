import { useState } from 'react';
import { Link } from '../../navigation/link.tsx';
import { navigate } from '../../navigation/location.ts';
import { Select, TextField } from '../../parts/field.tsx';
import { Form } from '../../parts/form.tsx';
import { resourceAddress } from './resource-address.ts';
import type { ResourceNode } from './resource-tree.ts';
import { inWords } from './resource-words.ts';
import { nameOfValue } from './value-names.ts';

/** More values than these are in a list that opens. */
const MOST = 24;

/** Leads to one thing by its id, or by one of its published names. */
export function OpenById({ node, values }: { node: ResourceNode; values: readonly string[] }) {
  const { parameterName = 'id', parameterValues } = node;
  const [id, setId] = useState(parameterName === 'language' && parameterValues?.includes('en') ? 'en' : '');
  const nameOf = (value: string) => nameOfValue(node, value) ?? inWords(value);
  const addressOf = (value: string) => resourceAddress({ node, values: [...values, value] });
  if (parameterValues !== undefined && parameterValues.length <= MOST) {
    return (
      <ul className="names">
        {parameterValues.map((value) => (
          <li key={value}>
            <Link to={addressOf(value)}>{nameOf(value)}</Link>
          </li>
        ))}
      </ul>
    );
  }
  const field = { label: inWords(parameterName), value: id, onChange: setId };
  return (
    <Form className="search-fields" onSubmit={() => id !== '' && navigate(addressOf(id))}>
      {parameterValues === undefined ? (
        <TextField {...field} required />
      ) : (
        <Select
          {...field}
          options={[
            { value: '', label: 'Choose one' },
            ...parameterValues
              .map((value) => ({ value, label: nameOf(value) }))
              .sort((one, other) => one.label.localeCompare(other.label)),
          ]}
        />
      )}
      <button type="submit">Open</button>
    </Form>
  );
}
