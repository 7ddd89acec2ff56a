import type { JsonObject } from '../../json-value.ts';

export interface LogRecord {
  /** Sortable: a later entry has a greater id. */
  readonly log_id: string;
  readonly date: string;
  /** `s`, `f`, `seacft`, … */
  readonly type: string;
  readonly description: string;
  readonly client_id?: string;
  readonly client_name?: string;
  readonly connection?: string;
  readonly connection_id?: string;
  readonly strategy?: string;
  readonly strategy_type?: string;
  readonly user_id?: string;
  readonly user_name?: string;
  readonly ip?: string;
  readonly hostname?: string;
  readonly user_agent?: string;
  /** The organization that the user signed in to. */
  readonly organization_id?: string;
  readonly organization_name?: string;
  readonly audience?: string;
  readonly scope?: string;
  readonly details?: JsonObject;
  /** Executions of the Actions that took part. Auth0 reports them for some types only, in `details`. */
  readonly executions?: readonly string[];
  /** Id of the login that the entry belongs to, as the console knows it. Auth0's log has none, and readers of the log do not receive it. */
  readonly login?: string;
}
