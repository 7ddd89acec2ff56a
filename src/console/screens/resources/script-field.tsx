import { lazy, Suspense, useState } from 'react';
import { useFieldError } from '../../parts/field-error.ts';

const CodeEditor = lazy(() =>
  import('../../editor/code-editor.tsx').then((loaded) => ({ default: loaded.CodeEditor })),
);

/** JavaScript that Auth0 runs, such as a script of a database. The editor opens when it is needed. */
export function ScriptField(props: {
  label: string;
  /** The property of the request that the field sets. */
  name: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const { label, name, value, onChange } = props;
  const [isOpen, setOpen] = useState(false);
  const error = useFieldError(name);
  const lines = value.split('\n').length;
  return (
    <div className="field">
      {isOpen ? (
        <>
          <span aria-hidden="true">{label}</span>
          <Suspense fallback={<div className="editor loading">Loading the editor…</div>}>
            <CodeEditor label={label} value={value} onChange={onChange} />
          </Suspense>
        </>
      ) : (
        <div className="row">
          <span>{label}</span>
          <span className="muted">{value === '' ? 'not set' : `${lines} ${lines === 1 ? 'line' : 'lines'}`}</span>
          <button type="button" aria-label={`Edit ${label}`} onClick={() => setOpen(true)}>
            Edit
          </button>
        </div>
      )}
      {error && <span className="bad hint">{error}</span>}
    </div>
  );
}
