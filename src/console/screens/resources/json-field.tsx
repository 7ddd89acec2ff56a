import { useState } from 'react';
import { TextArea } from '../../parts/field.tsx';

/** A value that is entered as JSON. A text that is no JSON stays, and the value stays as it was. */
export function JsonField(props: {
  label: string;
  name: string;
  value: unknown;
  onChange: (value: unknown) => void;
  rows?: number;
}) {
  const { label, name, value, onChange, rows } = props;
  const written = value === undefined ? '' : JSON.stringify(value, null, 2);
  const [draft, setDraft] = useState<{ readonly text: string; readonly of: string }>();
  const text = draft?.of === written ? draft.text : written;
  const change = (entered: string) => {
    const parsed = parsedJson(entered);
    if (parsed === undefined) return setDraft({ text: entered, of: written });
    const { value: next } = parsed;
    setDraft({ text: entered, of: next === undefined ? '' : JSON.stringify(next, null, 2) });
    onChange(next);
  };
  const isBroken = parsedJson(text) === undefined;
  return (
    <TextArea
      label={label}
      name={name}
      code
      rows={rows ?? Math.min(16, Math.max(2, text.split('\n').length))}
      value={text}
      onChange={change}
      hint={isBroken ? 'This is not JSON yet, so it is not used.' : 'JSON'}
    />
  );
}

function parsedJson(text: string): { readonly value: unknown } | undefined {
  if (text.trim() === '') return { value: undefined };
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
