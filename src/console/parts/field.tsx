import { type HTMLInputTypeAttribute, type ReactNode, useId } from 'react';
import { useFieldError } from './field-error.ts';

interface Labels {
  readonly label: string;
  readonly hint?: string;
  /** The property of the request that the field sets. */
  readonly name?: string;
}

interface ControlAttributes {
  readonly id: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: true;
}

/** A control with its label above it, and below it the mistake that the tenant found in it, and a hint. */
function Labelled(props: Labels & { control: (attributes: ControlAttributes) => ReactNode }) {
  const { label, hint, name, control } = props;
  const id = useId();
  const error = useFieldError(name);
  const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {control({
        id,
        ...(described && { 'aria-describedby': described }),
        ...(error !== undefined && { 'aria-invalid': true }),
      })}
      {error && (
        <span className="bad hint" id={`${id}-error`}>
          {error}
        </span>
      )}
      {hint && (
        <span className="muted hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
    </div>
  );
}

/** One line of text. */
export function TextField(
  props: Labels & {
    value: string;
    onChange: (value: string) => void;
    type?: HTMLInputTypeAttribute;
    required?: boolean;
    pattern?: string;
    /** Words of the browser for a value that does not fit the pattern. */
    title?: string;
    /** The value that applies while the field is empty. */
    placeholder?: string;
    autoComplete?: string;
    readOnly?: boolean;
    /** The id of a `<datalist>` with suggestions. */
    list?: string;
  },
) {
  const { label, hint, name, onChange, type = 'text', autoComplete = 'off', ...rest } = props;
  return (
    <Labelled
      label={label}
      {...(hint && { hint })}
      {...(name && { name })}
      control={(attributes) => (
        <input
          {...rest}
          {...attributes}
          type={type}
          autoComplete={autoComplete}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    />
  );
}

/** Several lines of text. */
export function TextArea(
  props: Labels & { value: string; onChange: (value: string) => void; rows?: number; code?: boolean },
) {
  const { label, hint, name, value, onChange, rows = 4, code } = props;
  return (
    <Labelled
      label={label}
      {...(hint && { hint })}
      {...(name && { name })}
      control={(attributes) => (
        <textarea
          {...attributes}
          rows={rows}
          value={value}
          spellCheck={!code}
          {...(code && { className: 'code' })}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    />
  );
}

/** A choice of one option. */
export function Select<Value extends string>(
  props: Labels & {
    value: Value;
    required?: boolean;
    onChange: (value: Value) => void;
    options: readonly { readonly value: Value; readonly label: string }[];
  },
) {
  const { label, hint, name, value, required = false, onChange, options } = props;
  return (
    <Labelled
      label={label}
      {...(hint && { hint })}
      {...(name && { name })}
      control={(attributes) => (
        <select
          {...attributes}
          value={value}
          required={required}
          onChange={(event) => onChange(event.target.value as Value)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    />
  );
}

/** A checkbox with its label. */
export function Checkbox(props: {
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
