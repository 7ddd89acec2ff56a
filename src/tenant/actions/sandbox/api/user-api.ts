import { isObject, type JsonValue } from '../../../store/json-value.ts';
import type { Api, ApiContext } from './api-context.ts';
import { asJson } from './effect-collector.ts';

/** Limit for each login and kind, as JSON, as in Auth0. */
const METADATA_LIMIT = 32 * 1024;

/** `api.user`: metadata, written once at the end of the login. `null` removes a member. */
export function userApi(context: ApiContext, api: () => Api) {
  const { collector, event } = context;
  const app = new Map(Object.entries(context.pendingAppMetadata));
  const user = new Map(Object.entries(context.pendingUserMetadata));
  return {
    setAppMetadata(name: unknown, value: unknown): Api {
      collector.record('user.setAppMetadata', [name, value]);
      if (!isObject(event.user.app_metadata)) {
        throw new Error('Unexpected app_metadata format. Must be a valid JSON object');
      }
      collector.effects.appMetadata.push(member('app_metadata', app, name, value));
      return api();
    },
    setUserMetadata(name: unknown, value: unknown): Api {
      collector.record('user.setUserMetadata', [name, value]);
      if (!isObject(event.user.user_metadata)) {
        throw new Error('Unexpected user_metadata format. Must be a valid JSON object.');
      }
      collector.effects.userMetadata.push(member('user_metadata', user, name, value));
      return api();
    },
  };
}

function member(
  kind: string,
  pending: Map<string, JsonValue | undefined>,
  name: unknown,
  value: unknown,
): [string, JsonValue] {
  const key = String(name);
  const json = asJson(value) ?? null;
  pending.set(key, json);
  if (Buffer.byteLength(JSON.stringify(Object.fromEntries(pending))) > METADATA_LIMIT) {
    throw new Error(`The ${kind} set during one login must not exceed ${METADATA_LIMIT / 1024} KB.`);
  }
  return [key, json];
}
