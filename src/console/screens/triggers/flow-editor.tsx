import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import { SortableContext, sortableKeyboardCoordinates, verticalListSortingStrategy } from '@dnd-kit/sortable';
import type { Management } from 'auth0';
import { useState } from 'react';
import { useTask } from '../../management/use-task.ts';
import { useGuard } from '../../navigation/use-guard.ts';
import { useNotify } from '../../parts/notices.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';
import { announcements, instructions } from './announcements.ts';
import { bindingsOf, moveStep, type Step, sameFlow, stepOfAction, withBindings } from './flow.ts';
import { FlowEnd } from './flow-end.tsx';
import { FlowLibrary } from './flow-library.tsx';
import { FlowStep } from './flow-step.tsx';

/** The flow between Start and Complete, and the Actions that can be put into it. */
export function FlowEditor(props: {
  applied: readonly Step[];
  library: readonly Management.Action[];
  onApply: (bindings: Management.UpdateActionBindingsRequestContent) => Promise<void>;
}) {
  const { applied, library, onApply } = props;
  const [steps, setSteps] = useState(applied);
  const [known, setKnown] = useState(applied);
  if (!sameFlow(known, applied)) {
    setKnown(applied);
    setSteps(sameFlow(steps, known) ? applied : withBindings(steps, applied));
  }
  const [announcement, setAnnouncement] = useState('');
  const notify = useNotify();
  const dirty = !sameFlow(steps, applied);
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const apply = useTask(async () => {
    await onApply(bindingsOf(steps));
    notify('The flow is applied from the next login on.');
  });
  useGuard(dirty);

  const insert = (action: Management.Action, at: number) => {
    const step = stepOfAction(action);
    setSteps(moveStep([...steps, step], steps.length, at));
    setAnnouncement(`${step.name} is at place ${Math.min(at, steps.length) + 1} of ${steps.length + 1}.`);
  };
  const move = (from: number, to: number) => {
    setSteps(moveStep(steps, from, to));
    setAnnouncement(`${steps[from]?.name} is at place ${to + 1} of ${steps.length}.`);
  };
  const drop = ({ active, over }: DragEndEvent) => {
    ignoreClickOfDrop();
    if (over === null) return;
    const target = steps.findIndex(({ key }) => key === over.id);
    const place = over.id === 'complete' ? steps.length : target;
    if (place < 0) return;
    const from = steps.findIndex(({ key }) => key === active.id);
    if (from >= 0) {
      move(from, Math.min(place, steps.length - 1));
      return;
    }
    const action = library.find(({ id }) => `library ${id}` === active.id);
    if (action !== undefined) insert(action, place);
  };
  return (
    <>
      <div className="row flow-bar">
        <button type="button" className="primary" disabled={!dirty || apply.busy} onClick={() => void apply.run()}>
          Apply
        </button>
        <button type="button" disabled={!dirty} onClick={() => setSteps(applied)}>
          Discard changes
        </button>
        {dirty && <span className="warning">not applied</span>}
      </div>
      <ProblemNotice error={apply.error} />
      <p className="unseen" role="status">
        {announcement}
      </p>
      <DndContext
        sensors={sensors}
        collisionDetection={closestCenter}
        onDragEnd={drop}
        accessibility={{ announcements: announcements(steps, library), screenReaderInstructions: instructions }}
      >
        <div className="flow">
          <section aria-label="Flow">
            <FlowEnd id="start" label="Start" note="The user has signed in" />
            <SortableContext items={steps.map(({ key }) => key)} strategy={verticalListSortingStrategy}>
              <ol className="steps">
                {steps.map((step, index) => (
                  <FlowStep
                    key={step.key}
                    step={step}
                    isFirst={index === 0}
                    isLast={index === steps.length - 1}
                    onMove={(by) => move(index, index + by)}
                    onRemove={() => {
                      setSteps(steps.filter((one) => one !== step));
                      setAnnouncement(`${step.name} is removed from the flow.`);
                    }}
                  />
                ))}
              </ol>
            </SortableContext>
            {steps.length === 0 && <p className="muted drop-hint">The flow is empty. Drag an Action here.</p>}
            <FlowEnd id="complete" label="Complete" note="Tokens are issued" />
          </section>
          <FlowLibrary actions={library} steps={steps} onAdd={(action) => insert(action, steps.length)} />
        </div>
      </DndContext>
    </>
  );
}

/** Milliseconds after a drop in which a click belongs to it; dnd-kit counts as many. */
const DROP_CLICK_MS = 50;

/** A card may be dragged by its link. The browser clicks the link when the card is dropped, and would follow it. */
function ignoreClickOfDrop(): void {
  const ignore = (event: MouseEvent) => event.preventDefault();
  addEventListener('click', ignore, { capture: true });
  setTimeout(() => removeEventListener('click', ignore, { capture: true }), DROP_CLICK_MS);
}
