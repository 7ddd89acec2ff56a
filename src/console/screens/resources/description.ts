/** The part of JSON Schema that the description uses. A reference is the name of a schema. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly contentMediaType?: string;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: unknown;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

export interface Parameter {
  readonly name: string;
  readonly required?: true;
  readonly schema: Schema;
}

/** An operation of the Management API, as this tenant describes it to its console. */
export interface DescribedOperation {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** `/organizations/{id}/members` */
  readonly path: string;
  readonly hasBody?: true;
  readonly query?: readonly Parameter[];
  readonly parameters?: readonly Parameter[];
  /** The member of the answer that has the rows; empty for a bare list. Absent if the answer is one thing. */
  readonly list?: string;
  readonly state: 'effective' | 'kept' | 'absent';
  /** The part that is special or missing here. */
  readonly limit?: string;
}

/** The schema of a body, and the schemas that it refers to. */
export interface DescribedBody {
  readonly schema: Schema;
  readonly schemas: Readonly<Record<string, Schema>>;
  /** The members that nothing else in the tenant looks at. */
  readonly kept: readonly string[];
}
