import type { Management } from 'auth0';
import { findSimilarName } from '../configuration/similar-name.ts';
import { Problem } from '../problem/problem.ts';

/** An application of the tenant, as far as a login needs it. */
export interface TestApplication {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly name: string;
  readonly authMethod: string;
  readonly callbacks: readonly string[];
}

/** The applications of one tenant. They are read once, and again after a change. */
export interface TestApplications {
  /**
   * Finds an application by its name or client ID; the first of the tenant if there is no name.
   *
   * @throws {Problem} `application_unknown`
   */
  find(name: string | undefined): Promise<TestApplication>;
  forget(): void;
}

/**
 * Creates the list of a tenant's applications.
 *
 * @param list reads every application of the tenant
 * @param ownClientId the tenant's own management application, which signs no user in
 * @example
 * const { clientId } = await createTestApplications(() => api.list(CLIENTS), own).find('APEX');
 */
export function createTestApplications(
  list: () => Promise<readonly Management.Client[]>,
  ownClientId: string,
): TestApplications {
  let reading: Promise<readonly TestApplication[]> | undefined;
  const read = async () =>
    (await list()).filter((client) => client.global !== true && client.client_id !== ownClientId).map(toApplication);
  return {
    async find(name) {
      reading ??= read();
      const all = await reading.catch((error: unknown) => {
        reading = undefined;
        throw error;
      });
      const application = all.find((one) => name === undefined || one.name === name || one.clientId === name);
      if (application !== undefined) return application;
      const names = all.map((one) => one.name);
      const similar = name === undefined ? undefined : findSimilarName(name, names);
      throw new Problem(
        'application_unknown',
        name === undefined ? 'The tenant has no application.' : `The tenant has no application "${name}".`,
        similar === undefined
          ? `It has: ${names.join(', ') || 'none'}. Seed one: clients: [{ name, callbacks: [URL] }]`
          : `Did you mean "${similar}"?`,
      );
    },
    forget() {
      reading = undefined;
    },
  };
}

function toApplication(client: Management.Client): TestApplication {
  const { client_id = '', client_secret = '', name = '', token_endpoint_auth_method = 'client_secret_post' } = client;
  return {
    clientId: client_id,
    clientSecret: client_secret,
    name,
    authMethod: token_endpoint_auth_method,
    callbacks: client.callbacks ?? [],
  };
}
