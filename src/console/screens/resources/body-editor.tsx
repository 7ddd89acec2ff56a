import { useState } from 'react';
import { Choice } from '../../parts/choice.tsx';
import type { DescribedBody } from './description.ts';
import { shapeOf } from './field-shape.ts';
import { JsonField } from './json-field.tsx';
import { SchemaForm } from './schema-form.tsx';

/** The body of a request: a form, or the same as JSON. */
export function BodyEditor(props: {
  body: DescribedBody;
  label: string;
  value: unknown;
  onChange: (value: unknown) => void;
}) {
  const { body, label, value, onChange } = props;
  const { schema, schemas } = body;
  const [mode, setMode] = useState<'form' | 'json'>('form');
  const isForm = shapeOf(schema, schemas, label).kind !== 'json';
  const json = <JsonField label={`${label} as JSON`} name="" value={value} onChange={onChange} rows={16} />;
  if (!isForm) return json;
  return (
    <>
      <Choice
        label="How to enter it"
        value={mode}
        onChange={setMode}
        options={[
          { value: 'form', label: 'Form' },
          { value: 'json', label: 'JSON' },
        ]}
      />
      {mode === 'json' ? (
        json
      ) : (
        <SchemaForm schema={schema} schemas={schemas} value={value} onChange={onChange} label={label} isNew />
      )}
    </>
  );
}
