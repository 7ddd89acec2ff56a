import { type ReactNode, useEffect, useId, useRef } from 'react';

/** A window in front of the screen. Escape closes it, and the focus goes back to where it was. */
export function Dialog(props: {
  title: string;
  onClose: () => void;
  /** While something is under way that it has to tell the end of, Escape does not close it. */
  busy?: boolean;
  children: ReactNode;
}) {
  const { title, onClose, busy, children } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  // At a second Escape Chromium closes it whatever is said to the first.
  const closed = () => (busy ? dialog.current?.showModal() : onClose());
  return (
    <dialog
      ref={dialog}
      aria-labelledby={heading}
      onClose={closed}
      onCancel={(event) => busy && event.preventDefault()}
    >
      <h2 id={heading}>{title}</h2>
      {children}
    </dialog>
  );
}
