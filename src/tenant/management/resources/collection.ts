import { randomName } from '../../store/identifiers.ts';
import { type JsonObject, objectOf } from '../../store/json-value.ts';
import type { RecordPlace, StoredRecord } from '../../store/record-table.ts';
import type { PublishedOperation } from '../description/published-operation.ts';
import { describedOperations } from '../description/published-operations.ts';
import { type ApiError, notFound } from '../http/api-error.ts';
import { selectFields } from '../http/field-selection.ts';
import { listAnswer, offsetAnswer, pagesOf } from '../http/paged-list.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Answer, type Call, describedOperation, type Operation } from '../operation.ts';

/** A request to a collection: its body and query have passed the published schemas. */
export type ResourceCall = Call;

/** The request that an answer is for: some members are in the answer to one of them only. */
export type Moment = 'created' | 'changed' | 'read' | 'listed';

/** A resource with those of list, create, read, change and remove that are published at its path. */
export interface Collection {
  /** `/log-streams`. The resource itself is at this path and one parameter. */
  readonly path: string;
  /** The member of answers that has the id, if it is not `id`. */
  readonly idMember?: string;
  /** In messages and in the log: `log stream`. */
  readonly called: string;
  /** Makes an id, or the prefix of an id of 16 letters and digits. */
  readonly id: string | ((members: JsonObject) => string);
  /** Members that the tenant fills in if they are not given. */
  readonly defaults?: JsonObject | ((members: JsonObject) => JsonObject);
  /** Whether answers have `created_at` and `updated_at`. */
  readonly times?: true;
  /** The refusal of an id that does not exist, or its message. */
  readonly missing?: string | ((id: string) => ApiError);
  /** A value that no two resources share, such as a name, and the refusal of a second one. */
  readonly unique?: {
    readonly of: (members: JsonObject) => string | undefined;
    readonly refuse: (key: string) => ApiError;
  };
  /** Members that are merged when they are changed. All others are replaced. */
  readonly merged?: readonly string[];
  /** The resource that it belongs to: `connections/con_1`. @throws ApiError 404 if it does not exist */
  readonly parent?: (dependencies: ManagementDependencies, call: ResourceCall) => string;
  /** Checks, and completes what is stored. @throws ApiError */
  readonly beforeCreate?: (members: JsonObject, call: ResourceCall, dependencies: ManagementDependencies) => JsonObject;
  /** Checks, and completes what is stored instead of `present`. @throws ApiError */
  readonly beforeChange?: (members: JsonObject, present: StoredRecord, call: ResourceCall) => JsonObject;
  /** Checks. @throws ApiError */
  readonly beforeRemove?: (record: StoredRecord, call: ResourceCall) => void;
  /** Whether the removal of one that does not exist is answered like any other. */
  readonly removesAbsent?: true;
  /** The body of the answer to a removal, if its status is 200. */
  readonly removed?: JsonObject;
  /** The resource as an answer shows it. */
  readonly present?: (shown: JsonObject, record: StoredRecord, moment: Moment, call: ResourceCall) => JsonObject;
  /** Whether a list has a resource, by its query. */
  readonly filter?: (record: StoredRecord, query: ResourceCall['query']) => boolean;
}

/**
 * Declares the published operations of a resource.
 *
 * @example
 * const logStreams = collection({ path: '/log-streams', called: 'log stream', id: 'lst_' });
 * logStreams(dependencies); // five operations
 */
export function collection(definition: Collection): (dependencies: ManagementDependencies) => Operation[] {
  const itself = new RegExp(`^${definition.path.replace(/[{}]/g, '\\$&')}/\\{[^}/]+\\}$`);
  const published = describedOperations.filter(({ path }) => path === definition.path || itself.test(path));
  return (dependencies) => {
    const resource = resourceOf(definition, dependencies);
    return published.map((one) =>
      describedOperation(one, {
        description: logText(one, definition.called),
        handle: (call) => answer(one, resource, call),
      }),
    );
  };
}

const verbs = { GET: 'Get', POST: 'Create', PATCH: 'Update', PUT: 'Update', DELETE: 'Delete' } as const;

/** `Create a log stream` */
function logText({ method }: PublishedOperation, called: string): string {
  return `${verbs[method]} ${/^[aeiou]/.test(called) ? 'an' : 'a'} ${called}`;
}

type Resource = ReturnType<typeof resourceOf>;

function answer(published: PublishedOperation, resource: Resource, call: ResourceCall): Answer {
  const { status } = published;
  const isItself = published.path.endsWith('}') && published.path !== resource.path;
  if (!isItself && published.method === 'GET') return { status, body: resource.list(published, call) };
  if (!isItself) return { status, body: resource.create(call) };
  if (published.method === 'GET') return { status, body: resource.read(call) };
  if (published.method === 'DELETE') {
    resource.remove(call);
    return { status, body: resource.removed };
  }
  return { status, body: resource.change(call, published.method === 'PUT') };
}

function resourceOf(definition: Collection, dependencies: ManagementDependencies) {
  const { store } = dependencies;
  const { path, called, defaults = {}, unique, merged = [], filter } = definition;
  const parameter = (call: ResourceCall) => String(Object.values(call.params).at(-1));
  const placeOf = (call: ResourceCall): RecordPlace =>
    definition.parent === undefined ? { kind: path } : { kind: path, parent: definition.parent(dependencies, call) };

  const find = (call: ResourceCall): StoredRecord => {
    const found = store.records.find(placeOf(call), parameter(call));
    if (found !== undefined) return found;
    if (typeof definition.missing === 'function') throw definition.missing(parameter(call));
    throw notFound(definition.missing ?? `The ${called} does not exist.`);
  };
  const put = (place: RecordPlace, id: string, members: JsonObject): StoredRecord => {
    const key = unique?.of(members);
    if (unique === undefined || key === undefined) return store.records.put(place, id, members);
    const other = store.records.findByKey(place, key);
    if (other !== undefined && other.id !== id) throw unique.refuse(key);
    return store.records.put(place, id, members, [key]);
  };
  const show = (record: StoredRecord, moment: Moment, call: ResourceCall): JsonObject => {
    const answer = {
      [definition.idMember ?? 'id']: record.id,
      ...(typeof defaults === 'function' ? defaults(record.members) : defaults),
      ...record.members,
      ...(definition.times && { created_at: record.created_at, updated_at: record.updated_at }),
    };
    return definition.present?.(answer, record, moment, call) ?? answer;
  };

  return {
    path,
    removed: definition.removed,
    list(published: PublishedOperation, call: ResourceCall) {
      const { key, bare } = published.list ?? { bare: true };
      const rows = store.records.at(placeOf(call)).filter((record) => filter?.(record, call.query) ?? true);
      const row = (record: StoredRecord) => selectFields(show(record, 'listed', call), call.query);
      if (key === undefined) return rows.map(row);
      const names = new Set(published.query?.map(({ name }) => name));
      const page = pagesOf(rows);
      // A list that has no bare form is an object, with a checkpoint even if none was requested.
      if (!names.has('page') && !names.has('take')) return { [key]: rows.map(row) };
      if (!names.has('page') && bare !== true) return listAnswer(key, { take: 50, ...call.query }, page, row);
      if (names.has('take')) return listAnswer(key, call.query, page, row);
      return offsetAnswer(key, call.query, page, row);
    },
    create(call: ResourceCall) {
      const record = store.transaction(() => {
        const place = placeOf(call);
        const members = definition.beforeCreate?.(call.body, call, dependencies) ?? call.body;
        const id = typeof definition.id === 'string' ? `${definition.id}${randomName(16)}` : definition.id(members);
        return put(place, id, members);
      });
      return show(record, 'created', call);
    },
    read: (call: ResourceCall) => selectFields(show(find(call), 'read', call), call.query),
    change(call: ResourceCall, replaced: boolean) {
      const record = store.transaction(() => {
        const present = find(call);
        const next = replaced ? call.body : patched(present.members, call.body, merged);
        const members = definition.beforeChange?.(next, present, call) ?? next;
        return put(placeOf(call), present.id, members);
      });
      return show(record, 'changed', call);
    },
    remove(call: ResourceCall) {
      store.transaction(() => {
        const place = placeOf(call);
        if (definition.removesAbsent && store.records.find(place, parameter(call)) === undefined) return;
        const record = find(call);
        definition.beforeRemove?.(record, call);
        store.records.remove(place, record.id);
      });
    },
  };
}

/** Members are replaced, or merged one level deep. */
export function patched(present: JsonObject, sent: JsonObject, merged: readonly string[] = []): JsonObject {
  const deep = merged
    .filter((name) => name in sent)
    .map((name) => [name, { ...objectOf(present[name]), ...objectOf(sent[name]) }]);
  return { ...present, ...sent, ...Object.fromEntries(deep) };
}
