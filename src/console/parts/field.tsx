import { type HTMLInputTypeAttribute, type ReactNode, useId } from 'react';

interface Labelled {
  readonly label: string;
  readonly hint?: string;
}

/** One line of text. */
export function TextField(
  props: Labelled & {
    value: string;
    onChange: (value: string) => void;
    type?: HTMLInputTypeAttribute;
    required?: boolean;
    pattern?: string;
    autoComplete?: string;
    readOnly?: boolean;
  },
) {
  const { label, hint, value, onChange, type = 'text', autoComplete = 'off', ...rest } = props;
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        {...rest}
        id={id}
        type={type}
        autoComplete={autoComplete}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        {...(hint && { 'aria-describedby': `${id}-hint` })}
      />
      {hint && (
        <span className="muted hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
    </div>
  );
}

/** Several lines of text. */
export function TextArea(
  props: Labelled & { value: string; onChange: (value: string) => void; rows?: number; code?: boolean },
) {
  const { label, hint, value, onChange, rows = 4, code } = props;
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        rows={rows}
        value={value}
        spellCheck={!code}
        {...(code && { className: 'code' })}
        onChange={(event) => onChange(event.target.value)}
        {...(hint && { 'aria-describedby': `${id}-hint` })}
      />
      {hint && (
        <span className="muted hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
    </div>
  );
}

/** One of several. */
export function Select<Value extends string>(
  props: Labelled & {
    value: Value;
    onChange: (value: Value) => void;
    options: readonly { readonly value: Value; readonly label: string }[];
  },
) {
  const { label, hint, value, onChange, options } = props;
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value as Value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      {hint && <span className="muted hint">{hint}</span>}
    </div>
  );
}

/** Yes or no. */
export function Tick(props: {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
  disabled?: boolean;
}) {
  return (
    <label className="tick">
      <input
        type="checkbox"
        checked={props.checked}
        disabled={props.disabled ?? false}
        onChange={(event) => props.onChange(event.target.checked)}
      />
      <span>{props.children}</span>
    </label>
  );
}
