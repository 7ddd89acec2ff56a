import { useState } from 'react';
import { RawJson } from '../../parts/raw-json.tsx';
import { isSecret } from './field-shape.ts';
import { isObject } from './json-object.ts';

/** An answer as JSON. Secrets are covered until the user asks for them. */
export function MaskedJson({ value, label }: { value: unknown; label: string }) {
  const [open, setOpen] = useState(false);
  const covered = masked(value);
  const hasSecrets = JSON.stringify(covered) !== JSON.stringify(value);
  return (
    <>
      <RawJson value={open ? value : covered} label={label} />
      {hasSecrets && (
        <button type="button" className="copy" aria-pressed={open} onClick={() => setOpen(!open)}>
          {open ? 'Cover secrets' : 'Show secrets'}
        </button>
      )}
    </>
  );
}

function masked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(masked);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, isSecret(name) && typeof one === 'string' ? '…' : masked(one)]),
  );
}
