import type { JsonObject, JsonValue } from '../../store/json-value.ts';
import type { Store } from '../../store/store.ts';

/**
 * Writes the metadata that the Actions of a login set, once, into the user as stored now: members of the top level are replaced,
 * `null` removes them. Returns whether there was anything to write.
 */
export function writeUserMetadata(
  store: Store,
  userId: string,
  changes: { readonly userMetadata: JsonObject; readonly appMetadata: JsonObject },
): boolean {
  if (Object.keys(changes.userMetadata).length === 0 && Object.keys(changes.appMetadata).length === 0) return false;
  return store.transaction(() => {
    const user = store.users.find(userId);
    if (user === undefined) return false;
    store.users.update({
      ...user,
      user_metadata: merged(user.user_metadata, changes.userMetadata),
      app_metadata: merged(user.app_metadata, changes.appMetadata),
      updated_at: new Date().toISOString(),
    });
    return true;
  });
}

function merged(before: JsonObject, changes: JsonObject): JsonObject {
  const members = new Map<string, JsonValue | undefined>(Object.entries(before));
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === undefined) members.delete(name);
    else members.set(name, value);
  }
  return Object.fromEntries(members);
}
