import { createTenantLog } from '../src/tenant/logs/tenant-log.ts';
import { builtOperations } from '../src/tenant/management/management-api.ts';
import type { ManagementDependencies } from '../src/tenant/management/management-dependencies.ts';
import { type PublishedOperation, publishedOperations } from '../src/tenant/management/published-operations.ts';
import { unusedFeatureOperations } from '../src/tenant/management/unused-features.ts';
import { openStore } from '../src/tenant/store/open-store.ts';
import { type Reached, readReached } from './replay/reached.ts';
import { recordingsSection, replayedOf } from './replay/recordings-section.ts';

type State = 'built' | 'unused feature' | 'not built (501)';

/**
 * The page that says which operations of Auth0's published description the tenant answers, as Markdown.
 *
 * @throws Error where an operation is registered that the description does not have, or that is registered twice
 * @example
 * writeFileSync('docs/supported.md', supportedOperations());
 */
export function supportedOperations(): string {
  const stateOf = registeredOperations();
  const reached = readReached();
  const states = publishedOperations.map((published) => stateOf.get(keyOf(published)) ?? 'not built (501)');
  const count = (wanted: State) => states.filter((state) => state === wanted).length;
  const groups = Map.groupBy(publishedOperations, ([, path]) => path.split('/')[1] ?? '');
  const sections = [...groups].map(([group, operations]) => {
    const rows = operations.map((published) => {
      const [method, path, name] = published;
      return `| \`${method} ${path}\` | \`${name}\` | ${stateOf.get(keyOf(published)) ?? 'not built (501)'} | ${replayedOf(reached, `${method} ${path}`)} |`;
    });
    return [`## ${group}`, '', '| operation | name | | replayed |', '|---|---|---|---|', ...rows].join('\n');
  });
  return `${[introduction(count, reached), ...sections, recordingsSection(reached)].join('\n\n')}\n`;
}

function introduction(count: (wanted: State) => number, reached: Reached): string {
  return `# Operations of the Management API

Made by \`npm run supported\` from Auth0's published description of the Management API v2 and from what the tenant registers.

| | operations |
|---|---|
| published | ${publishedOperations.length} |
| built | ${count('built')} |
| unused feature | ${count('unused feature')} |
| not built (501) | ${count('not built (501)')} |

- **built**: the tenant does it.
- **unused feature**: the tenant does not have the feature, and answers a read of it as Auth0 does where nobody has set it up.
- **not built**: refused with 501 and the code \`operation_not_built\`, once the token and its scopes have been checked.
- **replayed**: how many of the recorded requests are answered as the real service did, to the last value that it does not make
  up; empty where none was recorded. ${Object.keys(reached.operations).length} operations were recorded.`;
}

function registeredOperations(): Map<string, State> {
  const unused = new Set(unusedFeatureOperations().map(({ method, path }) => `${method} ${path}`));
  const published = new Set(publishedOperations.map(keyOf));
  const states = new Map<string, State>();
  const store = openStore({ memory: true });
  try {
    const audience = 'https://localhost/api/v2/';
    // The operations are listed and never called: those parts that only a call needs are not there.
    const dependencies = { store, log: createTenantLog(store), audience } as unknown as ManagementDependencies;
    for (const { method, path } of builtOperations(dependencies)) {
      const key = `${method} ${path}`;
      if (!published.has(key)) throw new Error(`${key} is registered, but not in the published description.`);
      if (states.has(key)) throw new Error(`${key} is registered twice.`);
      states.set(key, unused.has(key) ? 'unused feature' : 'built');
    }
  } finally {
    store.close();
  }
  return states;
}

function keyOf([method, path]: PublishedOperation): string {
  return `${method} ${path}`;
}
