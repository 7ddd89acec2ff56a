import type { Announcements, ScreenReaderInstructions, UniqueIdentifier } from '@dnd-kit/core';
import type { Management } from 'auth0';
import type { Step } from './flow.ts';

/** Instructions for dragging an Action by keyboard. */
export const instructions: ScreenReaderInstructions = {
  draggable: 'Press space or enter to pick it up, the arrow keys to move it, space to drop it, escape to cancel.',
};

/** Screen reader announcements while an Action is dragged. */
export function announcements(steps: readonly Step[], library: readonly Management.Action[]): Announcements {
  const nameOf = (id: UniqueIdentifier) =>
    steps.find(({ key }) => key === id)?.name ??
    library.find((action) => `library ${action.id}` === id)?.name ??
    String(id);
  const placeOf = (id: UniqueIdentifier) => {
    const index = steps.findIndex(({ key }) => key === id);
    return index < 0 ? 'the end' : `place ${index + 1} of ${steps.length}`;
  };
  return {
    onDragStart: ({ active }) => `${nameOf(active.id)} is picked up.`,
    onDragOver: ({ active, over }) => (over ? `${nameOf(active.id)} is at ${placeOf(over.id)}.` : undefined),
    onDragEnd: ({ active, over }) => (over ? `${nameOf(active.id)} is dropped at ${placeOf(over.id)}.` : undefined),
    onDragCancel: ({ active }) => `${nameOf(active.id)} is back where it was.`,
  };
}
