import { isObject, type JsonValue } from '../../store/json-value.ts';
import type { PublishedOperation } from '../description/published-operation.ts';
import { describedOperations } from '../description/published-operations.ts';
import type { ApiError } from '../http/api-error.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Answer, describedOperation, type Operation } from '../operation.ts';
import { patched, type ResourceCall } from './collection.ts';

/** A resource of which there is one, or one for each name in its path. */
export interface Setting {
  /** `/branding`, or `/prompts/{prompt}/partials` */
  readonly path: string;
  /** In the log: `Update the branding settings` */
  readonly called: string;
  /** The value before the first change. */
  readonly initial?: JsonValue;
  /** Instead of `initial`: the refusal of a read, a change or a removal before it is set. */
  readonly missing?: (call: ResourceCall) => ApiError;
  /** Whether a PATCH may be the first to set it. */
  readonly patchCreates?: true;
  /** The refusal of a POST while something is set. */
  readonly taken?: (call: ResourceCall) => ApiError;
  /** The resource that it belongs to. @throws ApiError 404 if it does not exist */
  readonly parent?: (dependencies: ManagementDependencies, call: ResourceCall) => string;
  /** Checks, and completes what is stored. @throws ApiError */
  readonly beforeChange?: (next: JsonValue, present: JsonValue | undefined, call: ResourceCall) => JsonValue;
  /** A change may send a page of HTML instead of JSON. */
  readonly reads?: 'page';
  /** The setting as an answer shows it. */
  readonly present?: (value: JsonValue, call: ResourceCall) => JsonValue;
}

/**
 * Declares the published operations of a setting: a read, changes by PATCH, PUT or POST, and a removal.
 *
 * @example
 * setting({ path: '/branding', called: 'branding settings', initial: {} })(dependencies); // GET and PATCH
 */
export function setting(definition: Setting): (dependencies: ManagementDependencies) => Operation[] {
  const published = describedOperations.filter(({ path }) => path === definition.path);
  return (dependencies) => {
    const thing = thingOf(definition, dependencies);
    return published.map((one) =>
      describedOperation(one, {
        description: `${one.method === 'DELETE' ? 'Delete' : one.method === 'GET' ? 'Get' : 'Update'} the ${definition.called}`,
        ...(definition.reads !== undefined && { reads: definition.reads }),
        handle: (call) => thing(one, call),
      }),
    );
  };
}

function thingOf(definition: Setting, dependencies: ManagementDependencies) {
  const { store } = dependencies;
  const { path, initial, missing, taken, beforeChange, present = (value: JsonValue) => value } = definition;
  const creates = (method: string) =>
    method === 'PUT' || method === 'POST' || (method === 'PATCH' && definition.patchCreates === true);
  return ({ method, status }: PublishedOperation, call: ResourceCall): Answer =>
    store.transaction(() => {
      const place = { kind: path, parent: definition.parent?.(dependencies, call) ?? '' };
      const id = Object.values(call.params).join('/');
      const before = store.records.find(place, id)?.members.value ?? initial;
      const isThere = before !== undefined || method === 'DELETE' || creates(method);
      if (!isThere && missing !== undefined) throw missing(call);
      if (before !== undefined && method === 'POST' && taken !== undefined) throw taken(call);
      if (method === 'GET') return { status, body: present(before ?? {}, call) };
      if (method === 'DELETE') {
        store.records.remove(place, id);
        return { status };
      }
      const isPatch = method === 'PATCH' && isObject(before) && isObject(call.body);
      const next: JsonValue = isPatch ? patched(before, call.body) : call.body;
      const value = beforeChange?.(next, before, call) ?? next;
      store.records.put(place, id, { value });
      return status === 204 ? { status } : { status, body: present(value, call) };
    });
}
