import { Problem } from '../../problem/problem.ts';
import type { RunTrigger } from '../../tenant/actions/library/published-triggers.ts';
import { eventTemplate } from '../../tenant/actions/triggers/trigger-event-template.ts';
import { readInputFile } from '../read-input-file.ts';

type Json = null | boolean | number | string | Json[] | JsonObject;
interface JsonObject {
  [name: string]: Json;
}

/**
 * Returns the event template of a trigger with a file's JSON merged into it: objects member by member, anything else as a
 * whole, and `null` removes a member (RFC 7396, JSON Merge Patch).
 *
 * @param file absent for the template itself
 * @param from the folder that the file's path is relative to
 * @param continuing whether the login continues after a redirect; its request is then the one that returns from the redirect
 * @param query merged into `request.query`
 * @throws {Problem} `event_unreadable`, `event_invalid`
 * @example
 * const event = await readEvent('post-login', { file: 'ada.json', from: terminal.folder, query: {} });
 */
export async function readEvent(
  trigger: RunTrigger,
  {
    file,
    from,
    continuing = false,
    query,
  }: {
    readonly file?: string | undefined;
    readonly from: string;
    readonly continuing?: boolean;
    readonly query: Readonly<Record<string, string>>;
  },
): Promise<JsonObject> {
  const patch = file === undefined ? {} : await readPatch(file, from);
  const queryPatch: JsonObject = Object.keys(query).length === 0 ? {} : { request: { query: { ...query } } };
  const full = eventTemplate(trigger) as JsonObject;
  const template = continuing ? afterRedirect(full) : full;
  const event = merged(merged(template, patch), queryPatch);
  for (const [path, isRight] of REQUIRED) {
    if (valueAt(template, path) === undefined) continue;
    if (isRight(valueAt(event, path))) continue;
    throw new Problem(
      'event_invalid',
      `The event has no usable event.${path.join('.')}, which Auth0 gives to every Action of ${trigger}.`,
      `Leave it out of ${file ?? 'the file'} to have the template's: portcullis action event --trigger ${trigger}`,
    );
  }
  return event;
}

/** The request after a redirect has only the login's `state`; anything else in its query comes from the page that the user was sent to. */
function afterRedirect(event: JsonObject): JsonObject {
  const request = isObject(event.request) ? event.request : {};
  const state = valueAt(request, ['query', 'state']);
  return { ...event, request: { ...request, query: state === undefined ? {} : { state } } };
}

function valueAt(event: JsonObject, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((value, name) => (isObject(value) ? value[name] : undefined), event);
}

const isText = (value: Json | undefined): boolean => typeof value === 'string' && value !== '';

/** The members of an event that the api object reads itself. */
const REQUIRED: readonly (readonly [readonly string[], (value: Json | undefined) => boolean])[] = [
  [['tenant', 'id'], isText],
  [['user', 'user_id'], isText],
  [['user', 'app_metadata'], isObject],
  [['user', 'user_metadata'], isObject],
  [['client', 'client_id'], isText],
  [['request', 'hostname'], isText],
  [['request', 'query'], isObject],
  [['request', 'body'], isObject],
  [['transaction', 'metadata'], isObject],
];

async function readPatch(file: string, from: string): Promise<JsonObject> {
  const text = await readInputFile(file, from, 'event_unreadable');
  let patch: unknown;
  try {
    patch = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Problem('event_invalid', `${file} is not JSON: ${reason}`, EDIT_AGAIN);
  }
  if (!isObject(patch as Json)) throw new Problem('event_invalid', `${file} holds no JSON object.`, EDIT_AGAIN);
  return patch as JsonObject;
}

const EDIT_AGAIN = 'Correct it, or begin again: portcullis action event > event.json';

function merged(base: JsonObject, patch: JsonObject): JsonObject {
  // A map, so that no name (such as `__proto__`) has a special meaning.
  const members = new Map(Object.entries(base));
  for (const [name, value] of Object.entries(patch)) {
    const before = members.get(name);
    if (value === null) members.delete(name);
    else members.set(name, isObject(value) ? merged(isObject(before) ? before : {}, value) : value);
  }
  return Object.fromEntries(members);
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
