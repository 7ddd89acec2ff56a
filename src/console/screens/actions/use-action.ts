import type { Management } from 'auth0';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { manage, segment } from '../../management/tenant-requests.ts';
import { buildErrors, type Draft, draftOf, isBuilding, sameDraft, stateOf, updateOf } from './draft.ts';
import { forgetDraft, keepDraft, lostSecretsOf, type RestoredDraft, restoredDraft } from './kept-draft.ts';

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
  /** The draft of before that was there when the editor was opened, until it is saved or discarded. */
  readonly restored: RestoredDraft | undefined;
  /** Leaves what is not saved for what the tenant has. */
  readonly discard: () => void;
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
 * Looks after an Action while it is written: its draft, its build, and what others make of it meanwhile. What is not saved is
 * kept by the tab, and is there again when the page is.
 *
 * @param initial as it was read when the editor was opened
 * @example
 * const { draft, change, save } = useAction(action);
 */
export function useAction(initial: Action): ActionAtWork {
  const id = initial.id ?? '';
  const path = `actions/actions/${segment(id)}`;
  const [restored, setRestored] = useState(() => restoredDraft(initial));
  const [action, setAction] = useState(initial);
  /** What the draft was begun from: where the tenant has another state, that is somebody else's work. */
  const [base, setBase] = useState(() => restored?.base ?? stateOf(initial));
  const [draft, setDraft] = useState(() => restored?.draft ?? draftOf(initial));
  const [theirs, setTheirs] = useState(base === stateOf(initial) ? undefined : initial);
  /** One's own changes of the Action: what was read before the latest, or beside it, is old. */
  const own = useRef({ count: 0, underWay: false });
  const dirty = !sameDraft(draft, draftOf(action));

  useEffect(() => {
    if (dirty || lostSecretsOf(restored, draft).length > 0) keepDraft(id, draft, base, restored?.lostSecrets);
    else forgetDraft(id);
  }, [id, draft, base, dirty, restored]);

  const read = () => manage.get<Action>(path);
  /**
   * Takes what the tenant has.
   *
   * @param over the draft that it takes the place of; what was written since stays
   * @returns the draft that there is now, where nothing was
   */
  const accept = (now: Action, over: Draft): Draft => {
    const next = draftOf(now);
    own.current.count += 1;
    setAction(now);
    setBase(stateOf(now));
    setTheirs(undefined);
    setDraft((current) => (sameDraft(current, over) ? next : current));
    return next;
  };
  /** Takes it in the place of whatever was written. */
  const replaceWith = (now: Action) => {
    setRestored(undefined);
    setDraft(accept(now, draft));
  };
  const look = useEffectEvent(async () => {
    const { count } = own.current;
    const now = await read();
    if (own.current.underWay || own.current.count !== count) return;
    if (stateOf(now) !== base) setTheirs(now);
    else if (dirty) setAction({ ...now, dependencies: action.dependencies });
    else accept(now, draft);
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

  async function patch(): Promise<Action> {
    own.current.underWay = true;
    try {
      return await manage.patch<Action>(path, updateOf(draft));
    } finally {
      own.current.underWay = false;
    }
  }

  /** @returns the draft as it is saved */
  async function save(): Promise<Draft> {
    const now = await read();
    if (stateOf(now) !== base) {
      setTheirs(now);
      throw new Error('Somebody else has saved this Action since you opened it. Nothing of yours is saved yet.');
    }
    const saved = accept(await patch(), draft);
    setRestored(undefined);
    const built = await untilBuilt();
    const [error] = buildErrors(built);
    const after = accept(built, saved);
    if (built.status === 'failed') throw new Error(`The draft is saved, and its build failed: ${error?.msg ?? ''}`);
    return after;
  }

  return {
    action,
    draft,
    change: (part) => setDraft((before) => ({ ...before, ...part })),
    dirty,
    restored,
    discard() {
      forgetDraft(id);
      replaceWith(theirs ?? action);
    },
    theirs,
    takeTheirs: () => theirs !== undefined && replaceWith(theirs),
    keepMine() {
      if (theirs !== undefined) {
        setAction(theirs);
        setBase(stateOf(theirs));
      }
      setTheirs(undefined);
    },
    async save() {
      await save();
    },
    async deploy() {
      const deployed = dirty ? await save() : draft;
      await manage.post(`${path}/deploy`);
      accept(await read(), deployed);
    },
    refresh: async () => replaceWith(await read()),
  };
}
