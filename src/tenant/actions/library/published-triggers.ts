/** A trigger as `GET /api/v2/actions/triggers` lists it. */
export interface Trigger {
  readonly id: string;
  readonly version: string;
  readonly status: 'CURRENT' | 'DEPRECATED';
  readonly runtimes: readonly string[];
  readonly default_runtime: string;
  readonly binding_policy: 'trigger-bound' | 'entity-bound';
  readonly compatible_triggers: readonly { readonly id: string; readonly version: string }[];
}

/** The trigger that runs in a login. */
export const POST_LOGIN = 'post-login';

/** The triggers whose Actions this tenant runs, and the handlers that those export. */
export const HANDLERS = {
  'post-login': 'onExecutePostLogin',
  'credentials-exchange': 'onExecuteCredentialsExchange',
  'pre-user-registration': 'onExecutePreUserRegistration',
  'post-user-registration': 'onExecutePostUserRegistration',
  'post-change-password': 'onExecutePostChangePassword',
} as const;

/** A trigger whose Actions run here. */
export type RunTrigger = keyof typeof HANDLERS;

export const DEFAULT_RUNTIME = 'node22';

/** Names that the Management API accepts; the older ones are past their end of life and run as the current one. */
export const RUNTIMES = ['node12', 'node16', 'node18', 'node18-actions', 'node22'] as const;

const CURRENT = {
  status: 'CURRENT',
  runtimes: ['node18-actions', 'node22'],
  default_runtime: DEFAULT_RUNTIME,
} as const;
const FIRST = { status: 'DEPRECATED', runtimes: ['node22'], default_runtime: 'node12' } as const;

/** Every trigger and version that Auth0 lists. Source: Management API, "Get triggers", as a tenant answers it. */
export const LISTED_TRIGGERS: readonly Trigger[] = [
  trigger('post-login', 'v1', FIRST),
  trigger('post-login', 'v2', { status: 'DEPRECATED', runtimes: ['node18', 'node22'], default_runtime: 'node16' }),
  trigger('post-login', 'v3', { ...CURRENT, compatible_triggers: [{ id: 'post-login', version: 'v2' }] }),
  trigger('credentials-exchange', 'v1', FIRST),
  trigger('credentials-exchange', 'v2', CURRENT),
  trigger('pre-user-registration', 'v1', FIRST),
  trigger('pre-user-registration', 'v2', CURRENT),
  trigger('post-user-registration', 'v1', FIRST),
  trigger('post-user-registration', 'v2', CURRENT),
  trigger('post-change-password', 'v1', FIRST),
  trigger('post-change-password', 'v2', CURRENT),
  trigger('send-phone-message', 'v1', FIRST),
  trigger('send-phone-message', 'v2', CURRENT),
  trigger('custom-phone-provider', 'v1', CURRENT),
  trigger('custom-email-provider', 'v1', CURRENT),
  trigger('password-reset-post-challenge', 'v1', CURRENT),
  trigger('custom-token-exchange', 'v1', {
    ...CURRENT,
    runtimes: ['node18', 'node22'],
    binding_policy: 'entity-bound',
  }),
  ...['event-stream', 'password-hash-migration', 'mcp-tool'].map((id) =>
    trigger(id, 'v1', { ...CURRENT, runtimes: ['node22'], binding_policy: 'entity-bound' }),
  ),
];

/** The listed triggers, and those that Auth0 publishes and lists for a few tenants: their exports name them. */
export const TRIGGERS: readonly Trigger[] = [
  ...LISTED_TRIGGERS,
  trigger('login-post-identifier', 'v1', CURRENT),
  trigger('signup-post-identifier', 'v1', CURRENT),
];

/** Whether Actions of the trigger run here. */
export function isRunTrigger(id: string): id is RunTrigger {
  return Object.hasOwn(HANDLERS, id);
}

/** Whether the trigger exists, in any version. */
export function isTrigger(id: string): boolean {
  return TRIGGERS.some((known) => known.id === id);
}

/** Returns the version of a trigger that new Actions are written for; `undefined` if the trigger does not exist. */
export function currentVersion(id: string): string | undefined {
  return TRIGGERS.find((known) => known.id === id && known.status === 'CURRENT')?.version;
}

function trigger(
  id: string,
  version: string,
  members: Partial<Trigger> & Pick<Trigger, keyof typeof CURRENT>,
): Trigger {
  return { id, version, binding_policy: 'trigger-bound', compatible_triggers: [], ...members };
}
