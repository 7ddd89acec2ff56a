import { isObject, type JsonObject } from '../../store/json-value.ts';
import { offsetAnswer, pagesOf } from '../http/paged-list.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import type { Operation } from '../operation.ts';
import { singleOperations } from '../resources/single-operations.ts';
import { tenantName } from '../tenant-name.ts';

const path = '/prompts/{prompt}/screen/{screen}/rendering';

const filters = ['prompt', 'screen', 'rendering_mode'];

/** How a screen is rendered if nothing was set. */
const standard: JsonObject = {
  rendering_mode: 'standard',
  context_configuration: [],
  default_head_tags_disabled: false,
  head_tags: [],
  filters: null,
  use_page_template: false,
};

/**
 * Screens with code of one's own: `/prompts/rendering`, and `/prompts/{prompt}/screen/{screen}/rendering`.
 *
 * @see https://auth0.com/docs/customize/login-pages/advanced-customizations
 */
export function promptRenderingOperations(dependencies: ManagementDependencies): Operation[] {
  const { store } = dependencies;
  const place = { kind: path };
  const put = (screen: string, sent: JsonObject) =>
    store.records.put(place, screen, { ...store.records.find(place, screen)?.members, ...sent });
  const screenOf = ({ prompt, screen }: { prompt?: unknown; screen?: unknown }) => `${prompt}/${screen}`;
  const rendering = (name: string, members: JsonObject | undefined): JsonObject => {
    const [prompt, screen] = name.split('/');
    return { tenant: tenantName, prompt, screen, ...standard, ...members };
  };
  return singleOperations(dependencies, {
    [`GET ${path}`]: {
      handle: ({ params }) => rendering(screenOf(params), store.records.find(place, screenOf(params))?.members),
    },
    [`PATCH ${path}`]: {
      description: 'Update the rendering of a screen',
      // The answer has the members of the request alone.
      handle: ({ params, body }) => {
        put(screenOf(params), body);
        return body;
      },
    },
    'GET /prompts/rendering': {
      handle: ({ query }) => {
        const rows = store.records
          .at(place)
          .map(({ id, members }) => {
            const { tenant: _, ...row } = rendering(id, members);
            return row;
          })
          .filter((row) => filters.every((name) => query[name] === undefined || query[name] === row[name]));
        return offsetAnswer('configs', query, pagesOf(rows), (row) => row);
      },
    },
    'PATCH /prompts/rendering': {
      description: 'Update the rendering of screens',
      handle: ({ body }) => ({
        configs: [body.configs]
          .flat()
          .filter(isObject)
          .map(({ prompt, screen, ...sent }) => {
            put(screenOf({ prompt, screen }), sent);
            return { prompt, screen, ...sent };
          }),
      }),
    },
  });
}
