import type { Management } from 'auth0';
import { pageSettings } from '../../page-settings.ts';
import { type Draft, draftOf, sameDraft } from './draft.ts';

/** What is kept of a draft. The values of secrets are not: they are given to the tenant, and to nothing else. */
interface Kept {
  readonly name: string;
  readonly code: string;
  readonly dependencies: Draft['dependencies'];
  readonly secrets: readonly string[];
  /** Those that had been given a value. */
  readonly valued: readonly string[];
  /** `stateOf` the Action that the draft was begun from. */
  readonly base: string;
}

/** A draft of before: of a page that was reloaded, or of a sign-in that is over. */
export interface RestoredDraft {
  readonly draft: Draft;
  /** What the Action was when it was begun; where that is another than now, somebody has changed it since. */
  readonly base: string;
  /** Secrets whose values have to be given again. */
  readonly lostSecrets: readonly string[];
}

/**
 * Names of the secrets whose values were lost, and not given again yet.
 *
 * @example
 * lostSecretsOf(restored, draft) // ['apiKey']
 */
export function lostSecretsOf(restored: RestoredDraft | undefined, draft: Draft): string[] {
  const given = draft.secrets.filter(({ value }) => value !== undefined).map(({ name }) => name);
  return (restored?.lostSecrets ?? []).filter((name) => !given.includes(name));
}

/** In this tab alone, and of this tenant alone: another one at the same address has given the console another id. */
function keyOf(actionId: string): string {
  return `portcullis.draft.${pageSettings.clientId}.${actionId}`;
}

/**
 * Keeps what somebody is writing over a reload and another sign-in, until the tab is closed.
 *
 * @param base `stateOf` the Action that it was begun from
 * @param lostSecrets of a draft that was restored before
 * @example
 * keepDraft(action.id, draft, stateOf(action));
 */
export function keepDraft(actionId: string, draft: Draft, base: string, lostSecrets: readonly string[] = []): void {
  const { name, code, dependencies, secrets } = draft;
  const given = secrets.filter(({ value }) => value !== undefined).map((secret) => secret.name);
  const kept: Kept = {
    name,
    code,
    dependencies,
    secrets: secrets.map((secret) => secret.name),
    valued: [...new Set([...given, ...lostSecrets])],
    base,
  };
  try {
    sessionStorage.setItem(keyOf(actionId), JSON.stringify(kept));
  } catch {
    // The browser gives no more room: the draft is as safe as it was without this.
  }
}

/** Where the draft is saved, or not wanted any more. */
export function forgetDraft(actionId: string): void {
  sessionStorage.removeItem(keyOf(actionId));
}

/**
 * The draft that was kept of an Action, where it is another than what the tenant has.
 *
 * @example
 * const restored = restoredDraft(action);
 */
export function restoredDraft(action: Management.GetActionResponseContent): RestoredDraft | undefined {
  const text = sessionStorage.getItem(keyOf(action.id ?? ''));
  if (text === null) return undefined;
  const { name, code, dependencies, secrets, valued, base } = JSON.parse(text) as Kept;
  const now = draftOf(action);
  // The tenant takes no new secret without a value.
  const draft = { name, code, dependencies, secrets: now.secrets.filter((secret) => secrets.includes(secret.name)) };
  if (sameDraft(draft, now) && valued.length === 0) return undefined;
  return { draft, base, lostSecrets: valued };
}
