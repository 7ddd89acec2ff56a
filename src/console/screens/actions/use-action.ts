import type { Management } from 'auth0';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { manage, readDocument, segment } from '../../management/tenant-requests.ts';
import { pageSettings } from '../../page-settings.ts';
import { buildErrors, type Draft, draftOf, isBuilding, sameDraft, stateOf, updateOf } from './draft.ts';
import { deleteDraft, lostSecretsOf, type RestoredDraft, restoredDraft, storeDraft } from './stored-draft.ts';

type Action = Management.GetActionResponseContent;

/** Interval between polls for changes made elsewhere. During a build the interval is shorter. */
const pollMs = 3000;
const buildPollMs = 500;

/** An Action in the editor. Other people or tools may change it at the same time. */
export interface EditedAction {
  /** The latest known state on the tenant. */
  readonly action: Action;
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  readonly dirty: boolean;
  /** The draft that was restored when the editor opened, until it is saved or discarded. */
  readonly restored: RestoredDraft | undefined;
  /** Replaces the draft with the state on the tenant. */
  readonly discard: () => void;
  /** The state on the tenant if it was changed elsewhere since the draft started. */
  readonly conflicting: Action | undefined;
  /** Replaces the draft with the conflicting state. */
  readonly takeConflicting: () => void;
  /** Keeps the draft: the next save overwrites the conflicting state. */
  readonly keepDraft: () => void;
  readonly save: () => Promise<void>;
  readonly deploy: () => Promise<void>;
  /** Reads the Action again after an operation that changed it. */
  readonly refresh: () => Promise<void>;
}

/**
 * Manages an Action in the editor: its draft, its builds, and conflicting changes. The tab stores the unsaved draft
 * and restores it after a reload.
 *
 * @param initial the Action when the editor opened
 * @example
 * const { draft, change, save } = useAction(action);
 */
export function useAction(initial: Action): EditedAction {
  const id = initial.id ?? '';
  const path = `actions/actions/${segment(id)}`;
  const [restored, setRestored] = useState(() => restoredDraft(initial));
  const [action, setAction] = useState(initial);
  /** `stateOf` the Action that the draft started from. If the tenant's state differs, the Action was changed elsewhere. */
  const [base, setBase] = useState(() => restored?.base ?? stateOf(initial));
  const [draft, setDraft] = useState(() => restored?.draft ?? draftOf(initial));
  const [conflicting, setConflicting] = useState(base === stateOf(initial) ? undefined : initial);
  /** The editor's own changes of the Action. A response from before or during the latest change is outdated. */
  const own = useRef({ count: 0, underWay: false });
  /** The code of which the user was warned that it cannot be parsed. A second request deploys it. */
  const acceptedMistake = useRef<string>(undefined);
  const dirty = !sameDraft(draft, draftOf(action));

  useEffect(() => {
    if (dirty || lostSecretsOf(restored, draft).length > 0) storeDraft(id, draft, base, restored?.lostSecrets);
    else deleteDraft(id);
  }, [id, draft, base, dirty, restored]);

  const read = () => manage.get<Action>(path);
  /**
   * Accepts the state on the tenant.
   *
   * @param replaced the draft that it replaces; later changes to the draft stay
   * @returns the draft of the new state
   */
  const accept = (now: Action, replaced: Draft): Draft => {
    const next = draftOf(now);
    own.current.count += 1;
    setAction(now);
    setBase(stateOf(now));
    setConflicting(undefined);
    setDraft((current) => (sameDraft(current, replaced) ? next : current));
    return next;
  };
  /** Replaces the draft with a state on the tenant. */
  const replaceWith = (now: Action) => {
    setRestored(undefined);
    setDraft(accept(now, draft));
  };
  const poll = useEffectEvent(async () => {
    const { count } = own.current;
    const now = await read();
    if (own.current.underWay || own.current.count !== count) return;
    if (stateOf(now) !== base) setConflicting(now);
    else if (dirty) setAction({ ...now, dependencies: action.dependencies });
    else accept(now, draft);
  });
  const building = isBuilding(action);
  useEffect(() => {
    const timer = setInterval(
      () => {
        // Ignore errors: the shell reports that the tenant does not answer.
        if (document.visibilityState === 'visible') void poll().catch(() => undefined);
      },
      building ? buildPollMs : pollMs,
    );
    return () => clearInterval(timer);
  }, [building]);

  async function untilBuilt(): Promise<Action> {
    for (;;) {
      const now = await read();
      if (!isBuilding(now)) return now;
      await new Promise((resolve) => setTimeout(resolve, buildPollMs));
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

  /** @returns the saved draft */
  async function save(): Promise<Draft> {
    const now = await read();
    if (stateOf(now) !== base) {
      setConflicting(now);
      throw new Error('This Action was changed elsewhere since you opened it. Your draft is not saved.');
    }
    const saved = accept(await patch(), draft);
    setRestored(undefined);
    const built = await untilBuilt();
    const [error] = buildErrors(built);
    const after = accept(built, saved);
    if (built.status === 'failed') throw new Error(`The draft is saved, but its build failed: ${error?.msg ?? ''}`);
    return after;
  }

  return {
    action,
    draft,
    change: (part) => setDraft((before) => ({ ...before, ...part })),
    dirty,
    restored,
    discard() {
      deleteDraft(id);
      replaceWith(conflicting ?? action);
    },
    conflicting,
    takeConflicting: () => conflicting !== undefined && replaceWith(conflicting),
    keepDraft() {
      if (conflicting !== undefined) {
        setAction(conflicting);
        setBase(stateOf(conflicting));
      }
      setConflicting(undefined);
    },
    async save() {
      await save();
    },
    async deploy() {
      const deployed = dirty ? await save() : draft;
      const mistake = await readSyntaxError(id);
      if (mistake !== undefined && acceptedMistake.current !== deployed.code) {
        acceptedMistake.current = deployed.code;
        throw new Error(
          `The draft is saved and not deployed. ${mistake}. If you deploy it as it is, every run of it fails.`,
        );
      }
      await manage.post(`${path}/deploy`);
      accept(await read(), deployed);
    },
    refresh: async () => replaceWith(await read()),
  };
}

/**
 * The reason why the saved code of an Action cannot be parsed. Auth0 builds and deploys such an Action, and its runs fail.
 *
 * @returns `undefined` if it can be parsed, or if this tenant has no parser
 */
export async function readSyntaxError(id: string, signal?: AbortSignal): Promise<string | undefined> {
  if (!pageSettings.documents.includes('syntax')) return undefined;
  return (await readDocument<string | null>('syntax', { action: id }, signal)) ?? undefined;
}
