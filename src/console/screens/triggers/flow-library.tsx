import { useDraggable } from '@dnd-kit/core';
import { CSS } from '@dnd-kit/utilities';
import type { Management } from 'auth0';
import { GripVertical } from 'lucide-react';
import { Link } from '../../navigation/link.tsx';
import { Icon } from '../../parts/icon.tsx';
import type { Step } from './flow.ts';

/** The Actions of the trigger that are not in its flow. Only deployed Actions can be added. */
export function FlowLibrary(props: {
  actions: readonly Management.Action[];
  steps: readonly Step[];
  onAdd: (action: Management.Action) => void;
}) {
  const available = props.actions.filter(({ id }) => !props.steps.some(({ actionId }) => actionId === id));
  return (
    <section className="flow-library" aria-labelledby="custom-actions">
      <h2 id="custom-actions">Custom</h2>
      {available.length === 0 ? (
        <p className="muted">
          There are no other Actions for this trigger. <Link to="/console/actions/library">Build one</Link>
        </p>
      ) : (
        <ul className="steps">
          {available.map((action) => (
            <LibraryAction key={action.id} action={action} onAdd={() => props.onAdd(action)} />
          ))}
        </ul>
      )}
    </section>
  );
}

function LibraryAction({ action, onAdd }: { action: Management.Action; onAdd: () => void }) {
  const deployed = action.deployed_version !== undefined;
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, isDragging } = useDraggable({
    id: `library ${action.id}`,
    disabled: !deployed,
  });
  return (
    <li
      ref={setNodeRef}
      className={isDragging ? 'step dragging' : 'step'}
      style={{ transform: CSS.Translate.toString(transform) }}
      {...listeners}
    >
      <button
        type="button"
        className="handle"
        ref={setActivatorNodeRef}
        {...attributes}
        disabled={!deployed}
        aria-label={`Drag ${action.name}`}
      >
        <Icon of={GripVertical} />
      </button>
      <span>
        {action.name}
        {!deployed && (
          <>
            {' '}
            <Link to={`/console/actions/library/${action.id}`}>deploy it first</Link>
          </>
        )}
      </span>
      <button
        type="button"
        className="copy"
        disabled={!deployed}
        aria-label={`Add ${action.name} to the flow`}
        onClick={onAdd}
      >
        Add
      </button>
    </li>
  );
}
