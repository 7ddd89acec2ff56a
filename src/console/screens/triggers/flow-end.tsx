import { useDroppable } from '@dnd-kit/core';

/** The start or the end of a flow. An Action that is dropped on the end runs last. */
export function FlowEnd({ id, label, note }: { id: 'start' | 'complete'; label: string; note: string }) {
  const { setNodeRef, isOver } = useDroppable({ id, disabled: id === 'start' });
  return (
    <div ref={setNodeRef} className={isOver ? 'flow-end over' : 'flow-end'}>
      <strong>{label}</strong>
      <span className="muted">{note}</span>
    </div>
  );
}
