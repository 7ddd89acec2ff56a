import { type ReactNode, useState } from 'react';

/** A button that opens a dialog. */
export function DialogButton(props: {
  label: string;
  look?: 'primary' | 'danger';
  dialog: (close: () => void) => ReactNode;
}) {
  const { label, look, dialog } = props;
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" {...(look && { className: look })} onClick={() => setOpen(true)}>
        {label}
      </button>
      {open && dialog(() => setOpen(false))}
    </>
  );
}
