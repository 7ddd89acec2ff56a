import { type ReactNode, useEffect, useId, useRef } from 'react';

/** A modal dialog. Escape closes it, and the focus returns to where it was. */
export function Dialog(props: {
  title: string;
  onClose: () => void;
  /** Whether an operation runs whose result the dialog has to show. Escape does not close it then. */
  busy?: boolean;
  /** For a long form. */
  wide?: boolean;
  children: ReactNode;
}) {
  const { title, onClose, busy, wide, children } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  // Chromium closes the dialog at a second Escape even if the first one was cancelled.
  const handleClose = () => (busy ? dialog.current?.showModal() : onClose());
  return (
    <dialog
      ref={dialog}
      aria-labelledby={heading}
      {...(wide && { className: 'wide' })}
      onClose={handleClose}
      onCancel={(event) => busy && event.preventDefault()}
    >
      <h2 id={heading}>{title}</h2>
      {children}
    </dialog>
  );
}
