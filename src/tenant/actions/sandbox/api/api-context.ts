import type { JsonObject, JsonValue } from '../../../store/json-value.ts';
import type { CacheEntry } from '../protocol.ts';
import type { EffectCollector } from './effect-collector.ts';

/** The parts of the event that the api itself reads. */
export interface EventView {
  readonly user: { readonly user_id: string; readonly app_metadata: unknown; readonly user_metadata: unknown };
  readonly request: {
    readonly hostname?: string;
    readonly ip?: string;
    readonly query?: Readonly<Record<string, unknown>>;
    readonly body?: Readonly<Record<string, unknown>>;
  };
  session?: { metadata?: JsonObject; cookie?: JsonObject };
  refresh_token?: { metadata?: JsonObject };
  transaction?: { protocol?: string; metadata?: JsonObject; target_scopes?: readonly string[] };
}

/** The context of every namespace of the `api` object. */
export interface ApiContext {
  readonly event: EventView;
  readonly collector: EffectCollector;
  readonly handler: string;
  readonly cache: readonly CacheEntry[];
  readonly pendingUserMetadata: JsonObject;
  readonly pendingAppMetadata: JsonObject;
  /** Whether an earlier Action of the same login set the primary user. */
  readonly primaryUserIsSet: boolean;
  /** Sends a question to the tenant. Rejects with the tenant's reason. */
  ask(method: string, argument: JsonValue): Promise<JsonValue>;
}

/** The `api` object itself, which chaining methods return. */
export type Api = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
