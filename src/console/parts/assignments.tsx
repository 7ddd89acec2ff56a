import { type ReactNode, useState } from 'react';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { DialogButton } from './dialog-button.tsx';
import { List } from './list.tsx';
import { useNotify } from './notices.tsx';
import { removeColumn } from './remove-column.tsx';
import { type Column, Table } from './table.tsx';
import type { PagedList } from './use-list.ts';

/** A list of assignments, such as the roles of a user: the user adds them in a dialog and removes them one by one. */
export function Assignments<Row>(props: {
  of: PagedList<Row>;
  caption: string;
  columns: readonly Column<Row>[];
  keyOf: (row: Row) => string;
  empty: ReactNode;
  add: {
    readonly label: string;
    readonly dialog: (dialog: { readonly onClose: () => void; readonly onAdded: () => void }) => ReactNode;
  };
  remove: {
    readonly nameOf: (row: Row) => string;
    readonly question: (row: Row) => string;
    /** Label of the button below the question. */
    readonly action: string;
    readonly consequence: string;
    readonly run: (row: Row) => Promise<void>;
    /** Message after the removal. */
    readonly doneMessage: (row: Row) => string;
  };
}) {
  const { of: list, caption, columns, keyOf, empty, add, remove } = props;
  const [removing, setRemoving] = useState<{ readonly row: Row }>();
  const notify = useNotify();
  const confirmRemoval = async (row: Row) => {
    await remove.run(row);
    setRemoving(undefined);
    notify(remove.doneMessage(row));
    list.reload();
  };
  const buttons = removeColumn<Row>({ nameOf: remove.nameOf, onRemove: (row) => setRemoving({ row }) });
  return (
    <>
      <div className="row">
        <DialogButton
          label={add.label}
          look="primary"
          dialog={(close) =>
            add.dialog({
              onClose: close,
              onAdded: () => {
                close();
                list.reload();
              },
            })
          }
        />
      </div>
      <List of={list} empty={empty}>
        {(rows) => <Table caption={caption} rows={rows} keyOf={keyOf} columns={[...columns, buttons]} />}
      </List>
      {removing && (
        <ConfirmDialog
          title={remove.question(removing.row)}
          action={remove.action}
          onConfirm={() => confirmRemoval(removing.row)}
          onClose={() => setRemoving(undefined)}
        >
          <p>{remove.consequence}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
