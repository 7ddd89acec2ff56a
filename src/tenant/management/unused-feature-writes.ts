import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { isObject } from '../store/json-value.ts';
import { type Operation, operation } from './operation.ts';
import { operationNotBuilt, publishedAt } from './operation-not-built.ts';

/** Settings that were never changed, with a check of the names in their path. */
export interface UntouchedSettings {
  readonly path: string;
  readonly state: unknown;
  readonly checkPath?: (params: Readonly<Record<string, string>>) => void;
}

const anyJson = z.union([z.record(z.string(), z.unknown()), z.array(z.unknown())]);

/**
 * Writes of settings that this tenant does not have. A write that sets the current value is accepted and changes nothing: the
 * import of an export sends all of them. Any other write is refused, since it would be lost.
 *
 * @example
 * unusedFeatureWrites({ path: '/branding', state: {} }); // PATCH /branding with {} answers 200 {}
 *
 * @see https://auth0.com/docs/deploy-monitor/deploy-cli-tool
 */
export function unusedFeatureWrites({ path, state, checkPath }: UntouchedSettings): Operation[] {
  return publishedAt(path).flatMap((published) => {
    const [method, , name] = published;
    if (method !== 'PATCH' && method !== 'PUT') return [];
    return operation({
      method,
      path,
      description: name,
      body: anyJson,
      handle: ({ params, body }) => {
        checkPath?.(params);
        if (!holds(state, body)) throw operationNotBuilt(published);
        return { status: 200, body: state };
      },
    });
  });
}

/** Whether every setting in the request has its current value. A list must be equal as a whole. */
function holds(state: unknown, sent: unknown): boolean {
  if (!isObject(state) || !isObject(sent)) return isDeepStrictEqual(state, sent);
  return Object.entries(sent).every(([name, value]) => holds(state[name], value));
}
