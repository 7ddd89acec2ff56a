import type { Management } from 'auth0';

export interface DraftSecret {
  readonly name: string;
  /** Set for a new or changed value only: the tenant never returns stored values. */
  readonly value?: string;
}

/** The edited parts of an Action, before they are saved. */
export interface Draft {
  readonly name: string;
  readonly code: string;
  readonly dependencies: readonly { readonly name: string; readonly version: string }[];
  readonly secrets: readonly DraftSecret[];
}

type Action = Management.GetActionResponseContent;

/** The parts of an Action that users edit. */
export function draftOf(action: Action): Draft {
  return {
    name: action.name ?? '',
    code: action.code ?? '',
    dependencies: (action.dependencies ?? []).map(({ name = '', version = '' }) => ({ name, version })),
    secrets: (action.secrets ?? []).map(({ name = '' }) => ({ name })),
  };
}

/**
 * A text that identifies the state of an Action by what users have edited, not by its builds.
 *
 * @example
 * if (stateOf(now) !== stateOf(before)) reportConflict();
 */
export function stateOf(action: Action): string {
  const { name, code, secrets = [], dependencies = [] } = action;
  return JSON.stringify([
    name,
    code,
    secrets.map((secret) => [secret.name, secret.updated_at]),
    // A build replaces `latest` with the exact version.
    dependencies.map((dependency) => dependency.name),
  ]);
}

/** Whether two drafts are equal, so that there is nothing to save. */
export function sameDraft(one: Draft, other: Draft): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The request that saves a draft. A secret without a value keeps its stored value. */
export function updateOf(draft: Draft): Management.UpdateActionRequestContent {
  return {
    name: draft.name,
    code: draft.code,
    dependencies: draft.dependencies.map((dependency) => ({ ...dependency })),
    secrets: draft.secrets.map((secret) => ({ ...secret })),
  };
}

const unfinished: readonly (string | undefined)[] = ['pending', 'building', 'packaged', 'retrying'];

/** Whether the tenant is still building the Action. */
export function isBuilding({ status }: Action): boolean {
  return unfinished.includes(status);
}

/** The errors of a failed build. Tenants return them, but the published types lack them. */
export function buildErrors(action: Action): readonly { id?: string; msg?: string }[] {
  return (action as Action & { errors?: { id?: string; msg?: string }[] }).errors ?? [];
}
