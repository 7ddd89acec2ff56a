import { useState } from 'react';
import { Badge } from '../../parts/badge.tsx';
import { Table } from '../../parts/table.tsx';
import { OpenById } from './open-by-id.tsx';
import { OperationDialog } from './operation-dialog.tsx';
import type { Command, ResourceNode } from './resource-tree.ts';
import { nameOfOperation } from './resource-words.ts';
import { StateBadge } from './state-note.tsx';

/** All operations of a section, each with a button that opens it. */
export function OperationTable(props: {
  label: string;
  commands: readonly Command[];
  values: readonly string[];
  /** Unfolded from the start. */
  open?: boolean;
  /** The place below the list, for things that the list does not show. */
  openById?: ResourceNode | undefined;
  onDone: () => void;
}) {
  const { label, commands, values, open = false, openById, onDone } = props;
  const [chosen, setChosen] = useState<Command>();
  return (
    <details className="fold operations" open={open}>
      <summary>
        {label} <span className="muted">{commands.length}</span>
      </summary>
      {openById !== undefined && <OpenById node={openById} values={values} />}
      <Table
        caption={label}
        rows={commands}
        keyOf={({ operation }) => `${operation.method} ${operation.path}`}
        columns={[
          {
            label: 'Operation',
            cell: (command) => (
              <button type="button" className="as-link" onClick={() => setChosen(command)}>
                {nameOfOperation(command.operation, command.node)}
              </button>
            ),
          },
          {
            label: 'Request',
            cell: ({ operation }) => (
              <span className="request">
                <Badge>{operation.method}</Badge> <code>{operation.path}</code>
              </span>
            ),
          },
          { label: 'Here', cell: ({ operation }) => <StateBadge state={operation.state} /> },
        ]}
      />
      {chosen !== undefined && (
        <OperationDialog
          operation={chosen.operation}
          place={{ node: chosen.node, values }}
          onClose={() => setChosen(undefined)}
          onDone={() => {
            onDone();
            return false;
          }}
        />
      )}
    </details>
  );
}
