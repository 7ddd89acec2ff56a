import { Trash2 } from 'lucide-react';
import { Icon } from './icon.tsx';
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
      <div className="buttons">
        <button
          type="button"
          className="copy quiet only-icon"
          aria-label={`Remove ${nameOf(row)}`}
          title={`Remove ${nameOf(row)}`}
          disabled={disabled}
          onClick={() => onRemove(row)}
        >
          <Icon of={Trash2} />
        </button>
      </div>
    ),
  };
}
