import type { ReactNode } from 'react';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { DialogButton } from './dialog-button.tsx';

/** What takes something away, apart from everything else on the screen. */
export function DangerZone({ children }: { children: ReactNode }) {
  return (
    <section className="dangerous" aria-label="Danger zone">
      {children}
    </section>
  );
}

/** One of those things: what it does, and its button, which asks once more. */
export function Danger(props: {
  note: string;
  label: string;
  /** The question. */
  title: string;
  /** What the button below the question says. */
  action: string;
  /** What comes of it, below the question. */
  consequence: string;
  onConfirm: () => Promise<void>;
}) {
  const { note, label, title, action, consequence, onConfirm } = props;
  return (
    <div>
      <span>{note}</span>
      <DialogButton
        label={label}
        look="danger"
        dialog={(close) => (
          <ConfirmDialog title={title} action={action} onConfirm={() => onConfirm().then(close)} onClose={close}>
            <p>{consequence}</p>
          </ConfirmDialog>
        )}
      />
    </div>
  );
}
