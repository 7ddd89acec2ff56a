import type { Management } from 'auth0';
import { pageSettings } from '../../page-settings.ts';
import { type Draft, draftOf, sameDraft } from './draft.ts';

/** A draft as the tab stores it: without the values of secrets, which are sent to the tenant only. */
interface StoredDraft {
  readonly name: string;
  readonly code: string;
  readonly dependencies: Draft['dependencies'];
  readonly secrets: readonly string[];
  /** Names of the secrets that had a new value. */
  readonly withValue: readonly string[];
  /** `stateOf` the Action that the draft started from. */
  readonly base: string;
}

/** A draft from before a reload of the page or the end of a session. */
export interface RestoredDraft {
  readonly draft: Draft;
  /** `stateOf` the Action that the draft started from. If the current state differs, the Action was changed elsewhere. */
  readonly base: string;
  /** Names of the secrets whose values the user has to enter again. */
  readonly lostSecrets: readonly string[];
}

/**
 * Names of the secrets whose values were lost and have not been entered again.
 *
 * @example
 * lostSecretsOf(restored, draft) // ['apiKey']
 */
export function lostSecretsOf(restored: RestoredDraft | undefined, draft: Draft): string[] {
  const entered = draft.secrets.filter(({ value }) => value !== undefined).map(({ name }) => name);
  return (restored?.lostSecrets ?? []).filter((name) => !entered.includes(name));
}

/** Key in this tab's storage. The client id distinguishes tenants at the same address: each gives the console its own. */
function keyOf(actionId: string): string {
  return `portcullis.draft.${pageSettings.clientId}.${actionId}`;
}

/**
 * Stores a draft until the tab is closed, so that it survives a reload and a new sign-in.
 *
 * @param base `stateOf` the Action that the draft started from
 * @param lostSecrets secrets of a restored draft that still lack their values
 * @example
 * storeDraft(action.id, draft, stateOf(action));
 */
export function storeDraft(actionId: string, draft: Draft, base: string, lostSecrets: readonly string[] = []): void {
  const { name, code, dependencies, secrets } = draft;
  const entered = secrets.filter(({ value }) => value !== undefined).map((secret) => secret.name);
  const stored: StoredDraft = {
    name,
    code,
    dependencies,
    secrets: secrets.map((secret) => secret.name),
    withValue: [...new Set([...entered, ...lostSecrets])],
    base,
  };
  try {
    sessionStorage.setItem(keyOf(actionId), JSON.stringify(stored));
  } catch {
    // The browser's storage is full. The draft stays in the editor.
  }
}

/** Deletes the stored draft, once it is saved or discarded. */
export function deleteDraft(actionId: string): void {
  sessionStorage.removeItem(keyOf(actionId));
}

/**
 * The stored draft of an Action; `undefined` if there is none, or if it equals the Action on the tenant.
 *
 * @example
 * const restored = restoredDraft(action);
 */
export function restoredDraft(action: Management.GetActionResponseContent): RestoredDraft | undefined {
  const text = sessionStorage.getItem(keyOf(action.id ?? ''));
  if (text === null) return undefined;
  const { name, code, dependencies, secrets, withValue, base } = JSON.parse(text) as StoredDraft;
  const now = draftOf(action);
  // The tenant refuses a new secret without a value.
  const draft = { name, code, dependencies, secrets: now.secrets.filter((secret) => secrets.includes(secret.name)) };
  if (sameDraft(draft, now) && withValue.length === 0) return undefined;
  return { draft, base, lostSecrets: withValue };
}
