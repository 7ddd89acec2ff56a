import { useSortable } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { ArrowDown, ArrowUp, GripVertical, X } from 'lucide-react';
import { segment } from '../../management/tenant-requests.ts';
import { Link } from '../../navigation/link.tsx';
import { Icon } from '../../parts/icon.tsx';
import type { Step } from './flow.ts';

/** An Action in the flow. The user drags its card, moves it by keyboard at its handle, or with its buttons. */
export function FlowStep(props: {
  step: Step;
  isFirst: boolean;
  isLast: boolean;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}) {
  const { step, isFirst, isLast, onMove, onRemove } = props;
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({
    id: step.key,
  });
  return (
    <li
      ref={setNodeRef}
      className={isDragging ? 'step dragging' : 'step'}
      style={{ transform: CSS.Translate.toString(transform), transition }}
      {...listeners}
    >
      <button
        type="button"
        className="handle"
        ref={setActivatorNodeRef}
        {...attributes}
        aria-label={`Drag ${step.name}`}
      >
        <Icon of={GripVertical} />
      </button>
      <Link to={`/console/actions/library/${segment(step.actionId)}`}>{step.name}</Link>
      <span className="row">
        <button
          type="button"
          className="copy quiet only-icon"
          disabled={isFirst}
          aria-label={`Move ${step.name} up`}
          onClick={() => onMove(-1)}
        >
          <Icon of={ArrowUp} />
        </button>
        <button
          type="button"
          className="copy quiet only-icon"
          disabled={isLast}
          aria-label={`Move ${step.name} down`}
          onClick={() => onMove(1)}
        >
          <Icon of={ArrowDown} />
        </button>
        <button type="button" className="copy quiet only-icon" aria-label={`Remove ${step.name}`} onClick={onRemove}>
          <Icon of={X} />
        </button>
      </span>
    </li>
  );
}
