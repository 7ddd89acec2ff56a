import { useDroppable } from '@dnd-kit/core';

/** Where a flow begins or ends. What is dropped on the end comes last. */
export function FlowEnd({ id, label, note }: { id: 'start' | 'complete'; label: string; note: string }) {
  const { setNodeRef, isOver } = useDroppable({ id, disabled: id === 'start' });
  return (
    <div ref={setNodeRef} className={isOver ? 'flow-end over' : 'flow-end'}>
      <strong>{label}</strong>
      <span className="muted">{note}</span>
    </div>
  );
}
