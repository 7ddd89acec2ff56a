import type { Management } from 'auth0';

export interface DraftSecret {
  readonly name: string;
  /** Of one that is new, or given anew; the tenant never tells one that it keeps. */
  readonly value?: string;
}

/** What is being written, before it is saved. */
export interface Draft {
  readonly name: string;
  readonly code: string;
  readonly dependencies: readonly { readonly name: string; readonly version: string }[];
  readonly secrets: readonly DraftSecret[];
}

type Action = Management.GetActionResponseContent;

/** What of an Action is written by people. */
export function draftOf(action: Action): Draft {
  return {
    name: action.name ?? '',
    code: action.code ?? '',
    dependencies: (action.dependencies ?? []).map(({ name = '', version = '' }) => ({ name, version })),
    secrets: (action.secrets ?? []).map(({ name = '' }) => ({ name })),
  };
}

/**
 * What tells one state of an Action from another: not when it was built, but what somebody has written.
 *
 * @example
 * if (stateOf(now) !== stateOf(before)) tellOfOthers();
 */
export function stateOf(action: Action): string {
  const { name, code, secrets = [], dependencies = [] } = action;
  return JSON.stringify([
    name,
    code,
    secrets.map((secret) => [secret.name, secret.updated_at]),
    // A build puts the exact version in the place of `latest`.
    dependencies.map((dependency) => dependency.name),
  ]);
}

/** Whether there is nothing to save. */
export function sameDraft(one: Draft, other: Draft): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** What a draft is saved as. A secret without a value keeps the one that it had. */
export function updateOf(draft: Draft): Management.UpdateActionRequestContent {
  return {
    name: draft.name,
    code: draft.code,
    dependencies: draft.dependencies.map((dependency) => ({ ...dependency })),
    secrets: draft.secrets.map((secret) => ({ ...secret })),
  };
}

const unfinished: readonly (string | undefined)[] = ['pending', 'building', 'packaged', 'retrying'];

/** Whether the tenant is still at work on it. */
export function isBuilding({ status }: Action): boolean {
  return unfinished.includes(status);
}

/** Why a build failed; the published types do not have it, though tenants answer it. */
export function buildErrors(action: Action): readonly { id?: string; msg?: string }[] {
  return (action as Action & { errors?: { id?: string; msg?: string }[] }).errors ?? [];
}
