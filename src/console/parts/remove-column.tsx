import type { Column } from './table.tsx';

/**
 * The column with the buttons that remove a row.
 *
 * @example
 * removeColumn({ nameOf: ({ value }) => value, onRemove: remove })
 */
export function removeColumn<Row>(props: {
  nameOf: (row: Row) => string;
  onRemove: (row: Row) => void;
  disabled?: boolean;
}): Column<Row> {
  const { nameOf, onRemove, disabled = false } = props;
  return {
    label: 'Actions',
    hidden: true,
    cell: (row) => (
      <button type="button" aria-label={`Remove ${nameOf(row)}`} disabled={disabled} onClick={() => onRemove(row)}>
        Remove
      </button>
    ),
  };
}
