import { Copy } from 'lucide-react';
import { Icon } from './icon.tsx';
import { useNotify } from './notices.tsx';

/** Copies a text to the clipboard. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const notify = useNotify();
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => notify(`${what} is on the clipboard.`),
      () => notify(`The browser does not let the console write to the clipboard. Select the ${what} and copy it.`),
    );
  return (
    <button
      type="button"
      className="copy quiet only-icon"
      onClick={copy}
      aria-label={`Copy ${what}`}
      title={`Copy ${what}`}
    >
      <Icon of={Copy} size={14} />
    </button>
  );
}

/** An id with a button that copies it. */
export function Identifier({ value, what }: { value: string; what: string }) {
  return (
    <span className="identifier">
      <code>{value}</code>
      <CopyButton text={value} what={what} />
    </span>
  );
}
