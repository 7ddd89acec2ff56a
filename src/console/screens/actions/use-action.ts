import type { Management } from 'auth0';
import { useEffect, useEffectEvent, useState } from 'react';
import { manage, segment } from '../../management/management-api.ts';
import { buildErrors, type Draft, draftOf, isBuilding, sameDraft, stateOf, updateOf } from './draft.ts';

type Action = Management.GetActionResponseContent;

/** Often enough for a person to be told in time; a build is looked at more often. */
const lookMs = 3000;
const buildLookMs = 500;

/** An Action that is being written, while others may write it, too. */
export interface ActionAtWork {
  /** As the tenant has it, as far as is known. */
  readonly action: Action;
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  readonly dirty: boolean;
  /** What somebody else has made of it meanwhile. */
  readonly theirs: Action | undefined;
  /** Leaves one's own draft for theirs. */
  readonly takeTheirs: () => void;
  /** Goes on with one's own: the next save writes over theirs. */
  readonly keepMine: () => void;
  readonly save: () => Promise<void>;
  readonly deploy: () => Promise<void>;
  /** Reads it again after something that changed it on the tenant. */
  readonly refresh: () => Promise<void>;
}

/**
 * Looks after an Action while it is written: its draft, its build, and what others make of it meanwhile.
 *
 * @param initial as it was read when the editor was opened
 * @example
 * const { draft, change, save } = useAction(action);
 */
export function useAction(initial: Action): ActionAtWork {
  const [action, setAction] = useState(initial);
  const [draft, setDraft] = useState(() => draftOf(initial));
  const [theirs, setTheirs] = useState<Action>();
  const path = `actions/actions/${segment(initial.id ?? '')}`;
  const dirty = !sameDraft(draft, draftOf(action));

  const read = () => manage.get<Action>(path);
  /** Takes what the tenant has, with the draft where there is nothing of one's own in it. */
  const accept = (now: Action) => {
    setAction(now);
    setTheirs(undefined);
    setDraft(draftOf(now));
  };
  const look = useEffectEvent(async () => {
    const now = await read();
    if (stateOf(now) !== stateOf(action)) setTheirs(now);
    else if (dirty) setAction({ ...now, dependencies: action.dependencies });
    else accept(now);
  });
  const building = isBuilding(action);
  useEffect(() => {
    const timer = setInterval(
      () => {
        // While nothing answers there is nothing to tell; the shell says that.
        if (document.visibilityState === 'visible') void look().catch(() => undefined);
      },
      building ? buildLookMs : lookMs,
    );
    return () => clearInterval(timer);
  }, [building]);

  async function untilBuilt(): Promise<Action> {
    for (;;) {
      const now = await read();
      if (!isBuilding(now)) return now;
      await new Promise((resolve) => setTimeout(resolve, buildLookMs));
    }
  }

  async function save(): Promise<void> {
    const now = await read();
    if (theirs === undefined && stateOf(now) !== stateOf(action)) {
      setTheirs(now);
      throw new Error('Somebody else has saved this Action since you opened it. Nothing of yours is saved yet.');
    }
    const saved = await manage.patch<Action>(path, updateOf(draft));
    // At once: what is looked at meanwhile must not take one's own change for somebody else's.
    accept(saved);
    const built = await untilBuilt();
    accept(built);
    const [error] = buildErrors(built);
    if (built.status === 'failed') throw new Error(`The draft is saved, and its build failed: ${error?.msg ?? ''}`);
  }

  return {
    action,
    draft,
    change: (part) => setDraft((before) => ({ ...before, ...part })),
    dirty,
    theirs,
    takeTheirs: () => theirs !== undefined && accept(theirs),
    keepMine() {
      if (theirs !== undefined) setAction(theirs);
      setTheirs(undefined);
    },
    save,
    async deploy() {
      if (dirty) await save();
      await manage.post(`${path}/deploy`);
      accept(await read());
    },
    refresh: async () => accept(await read()),
  };
}
