import { setTimeout as wait } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { Problem } from '../../problem/problem.ts';
import type { ManagementAccess } from '../management-access.ts';
import type { Members, SeedOmission } from './seed.ts';

const MILLISECONDS_BETWEEN = 5;

/** A place in a seed, for errors: `clients "APEX"`. */
export interface SeedPlace {
  readonly kind: string;
  readonly name: string;
}

/** The tenant's Management API, for what a seed writes. */
export interface SeedApi {
  /**
   * Sends one resource.
   *
   * @returns the answer; `undefined` if the tenant does not have the operation, which is then listed as omitted
   * @throws {Problem} `seed_refused` with the tenant's reason
   */
  send(method: 'POST' | 'PATCH' | 'PUT', path: string, body: unknown, place: SeedPlace): Promise<Members | undefined>;
  /** As `POST` to a collection. If the resource exists already, it is changed. */
  put(collection: Collection, body: Members, place: SeedPlace): Promise<Members | undefined>;
  /** @throws {Problem} `tenant_refused` */
  get(path: string): Promise<unknown>;
  /** As `get`; `undefined` if the tenant does not have it. */
  find(path: string): Promise<unknown>;
  /** Every resource of a collection. */
  list(collection: Collection): Promise<readonly Members[]>;
  /** Starts an import of users into a database, and returns the ID of its job. */
  importUsers(connection: string, users: string): Promise<string>;
  /** These members of all users of the tenant, by a job: a list ends after a thousand. */
  exportUsers(fields: readonly string[]): Promise<readonly Members[]>;
  readonly audience: string;
  readonly omissions: SeedOmission[];
}

/** A collection of resources. */
export interface Collection {
  readonly path: string;
  /** The member by which a resource is the same as another. */
  readonly identity: string;
  /** The member with its ID. */
  readonly id: string;
  /** Members that only a new resource may have. */
  readonly fixed: readonly string[];
  /** The method that changes a resource; `PATCH` unless set. */
  readonly change?: 'PUT';
}

/**
 * Opens the Management API of a tenant for a seed.
 *
 * @param audience of the tenant's Management API
 * @example
 * const api = createSeedApi(managementAccess(tenant, () => Date.now()), 'https://localhost:4000/api/v2/');
 */
export function createSeedApi(management: Pick<ManagementAccess, 'fetch'>, audience: string): SeedApi {
  const omissions: SeedOmission[] = [];
  const request = async (method: string, path: string, body?: unknown) => {
    const form = body instanceof FormData ? { body } : undefined;
    const json = { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const response = await management.fetch(path, { method, ...(body !== undefined && (form ?? json)) });
    const text = await response.text();
    return { status: response.status, answer: (text === '' ? {} : JSON.parse(text)) as Members };
  };
  const api: SeedApi = {
    audience,
    omissions,
    async send(method, path, body, place) {
      const { status, answer } = await request(method, path, body);
      if (status < 400) return answer;
      if (answer.errorCode === 'operation_not_built') {
        omissions.push({ ...place, reason: 'The local tenant does not have it.' });
        return undefined;
      }
      throw await mendable(method, path, body, refusal(place, status, answer));
    },
    async put(collection, body, place) {
      const { status, answer } = await request('POST', collection.path, body);
      if (status < 400) return answer;
      if (status !== 409) {
        if (answer.errorCode !== 'operation_not_built')
          throw await mendable('POST', collection.path, body, refusal(place, status, answer));
        omissions.push({ ...place, reason: 'The local tenant does not have it.' });
        return undefined;
      }
      const existing = (await api.list(collection)).find(
        (one) => one[collection.identity] === body[collection.identity],
      );
      if (existing === undefined) throw refusal(place, status, answer);
      const changes = Object.fromEntries(Object.entries(body).filter(([name]) => !collection.fixed.includes(name)));
      if (Object.keys(changes).length === 0) return existing;
      const path = `${collection.path}/${encodeURIComponent(String(existing[collection.id]))}`;
      return api.send(collection.change ?? 'PATCH', path, changes, place);
    },
    async get(path) {
      const { status, answer } = await request('GET', path);
      if (status < 400) return answer;
      throw unreadable(path, status, answer);
    },
    async find(path) {
      const { status, answer } = await request('GET', path);
      if (status < 400) return answer;
      if (status === 404 || answer.errorCode === 'operation_not_built') return undefined;
      // A plan that does not have it: it was never set.
      if (status === 403 && /upgrade/i.test(reasonOf(status, answer))) return undefined;
      throw unreadable(path, status, answer);
    },
    async importUsers(connection, users) {
      const form = new FormData();
      form.set('connection_id', connection);
      form.set('upsert', 'true');
      form.set('users', new File([users], 'users.json', { type: 'application/json' }));
      const { status, answer } = await request('POST', 'jobs/users-imports', form);
      if (status >= 400) throw refusal({ kind: 'users of', name: connection }, status, answer);
      return String(answer.id);
    },
    async exportUsers(fields) {
      const body = { format: 'json', fields: fields.map((name) => ({ name })) };
      const { status, answer } = await request('POST', 'jobs/users-exports', body);
      if (status >= 400) throw refusal({ kind: 'users', name: 'export' }, status, answer);
      for (;;) {
        const job = (await api.get(`jobs/${answer.id}`)) as { readonly status: string; readonly location?: string };
        if (job.status === 'failed') throw new Problem('tenant_refused', 'The tenant could not export its users.');
        if (job.location !== undefined) {
          const file = await (await management.fetch(job.location)).arrayBuffer();
          const lines = gunzipSync(file).toString('utf8').split('\n');
          return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Members);
        }
        await wait(MILLISECONDS_BETWEEN);
      }
    },
    async list({ path }) {
      const found: Members[] = [];
      for (let page = 0; ; page += 1) {
        const answer = await api.get(`${path}${path.includes('?') ? '&' : '?'}page=${page}&per_page=100`);
        const rows = Array.isArray(answer) ? answer : (Object.values(answer as Members).find(Array.isArray) ?? []);
        found.push(...(rows as Members[]));
        if (rows.length < 100) return found;
      }
    },
  };
  return api;
}

function unreadable(path: string, status: number, answer: Members): Problem {
  return new Problem('tenant_refused', `The tenant refused GET ${path} (${status}): ${reasonOf(status, answer)}`);
}

function reasonOf(status: number, { message }: Members): string {
  return typeof message === 'string' ? message : `status ${status}`;
}

/** The refusal of a request, with the name that was probably meant. The description is loaded for it. */
async function mendable(method: string, path: string, body: unknown, problem: Problem): Promise<Problem> {
  const { similarMember } = await import('./similar-member.ts');
  const similar = similarMember(method, path, body, problem.message);
  if (similar === undefined) return problem;
  return new Problem('seed_refused', problem.message, `Did you mean "${similar}"? ${REFUSED}`);
}

const REFUSED = 'Correct it in the seed. What the Management API refuses here, it refuses on Auth0 as well.';

function refusal({ kind, name }: SeedPlace, status: number, answer: Members): Problem {
  return new Problem('seed_refused', `The tenant refused ${kind} "${name}": ${reasonOf(status, answer)}`, REFUSED);
}
