import type { JsonSchema } from './json-schema.ts';

/** An operation of the published description. */
export interface PublishedOperation {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** `/roles/{id}/users` */
  readonly path: string;
  /** `get_role_user` */
  readonly name: string;
  /** Any of them allows the operation. */
  readonly scopes: readonly string[];
  /** The status of a successful answer. */
  readonly status: 200 | 201 | 202 | 204;
  /** Parameters of the path, if one is more than a text. */
  readonly parameters?: readonly { readonly name: string; readonly schema: JsonSchema }[];
  readonly query?: readonly { readonly name: string; readonly required?: true; readonly schema: JsonSchema }[];
  readonly body?: JsonSchema;
  /** How a list is answered: bare, or as a member of an object. If it can be both, the query decides. */
  readonly list?: { readonly bare?: true; readonly key?: string };
}
