import type { ReactNode } from 'react';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { DialogButton } from './dialog-button.tsx';

/** The section of a screen with actions that block, delete or revoke. */
export function DangerZone({ children }: { children: ReactNode }) {
  return (
    <section className="dangerous" aria-label="Danger zone">
      {children}
    </section>
  );
}

/** An action of the danger zone: a note, and a button that asks for confirmation. */
export function Danger(props: {
  note: string;
  label: string;
  /** The question. */
  title: string;
  /** Label of the button below the question. */
  action: string;
  /** The consequence, shown below the question. */
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
