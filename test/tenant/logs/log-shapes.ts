import type { LogRecord } from '../../../src/tenant/store/records/logs/log-record.ts';

interface Shape {
  /** Members of the entry that the type must have, beside `type`, `date`, `log_id` and `description`. */
  readonly entry: readonly string[];
  /** Members that `details` must have; with a question mark, those that it may have. Nothing: there may be no `details`. */
  readonly details: readonly string[];
}

const account = ['strategy', 'strategy_type'];
const web = ['hostname', 'ip'];
const login = ['completedAt?', 'elapsedTime?', 'initiatedAt?', 'prompts?', 'session_id?', 'actions?'];
const factor = ['authenticator?', 'session_id?'];

/**
 * The types that the tenant writes, as Auth0's published log schemas have them (July 2026), said in our own words: which members
 * are required, and which of those that a type may have in `details` the tenant uses. `actions` of what failed is not in the
 * schemas of `f`, `fsa`, `fs`, `feccft` and `fepft`; Auth0's page "Test Actions" has a failed login, exchange and sign-up show it.
 */
export const logShapes: Readonly<Record<string, Shape>> = {
  s: { entry: [...web, ...account], details: login },
  ssa: { entry: web, details: login },
  f: { entry: [...web, ...account], details: ['error', 'actions?'] },
  fsa: { entry: web, details: ['actions?'] },
  fp: { entry: ['ip', ...account], details: ['error'] },
  fu: { entry: ['ip', ...account], details: ['error?'] },
  ss: { entry: [...web, ...account], details: ['body', 'actions?'] },
  fs: { entry: ['ip', ...account], details: ['actions?'] },
  limit_wc: { entry: web, details: ['error?'] },
  slo: { entry: web, details: ['allowed_logout_url?', 'return_to?', 'session_id?'] },
  flo: { entry: web, details: ['allowed_logout_url', 'return_to', 'session_id?'] },
  seacft: { entry: web, details: ['code?'] },
  feacft: { entry: web, details: ['code?'] },
  seccft: { entry: web, details: ['actions'] },
  feccft: { entry: web, details: ['actions?'] },
  sepft: { entry: ['ip'], details: ['actions?'] },
  fepft: { entry: web, details: ['actions?'] },
  seotpft: { entry: [...web, 'audience', 'client_name'], details: [] },
  feotpft: { entry: [...web, 'audience', 'client_name'], details: [] },
  sercft: { entry: [...web, 'audience', 'client_name'], details: [] },
  fercft: { entry: [...web, 'audience', 'client_name'], details: [] },
  sertft: { entry: ['ip'], details: ['actions?'] },
  fertft: { entry: web, details: ['actions?', 'failure_reason?'] },
  scpr: { entry: ['ip', ...account], details: ['body'] },
  fcpr: { entry: ['ip', ...account], details: ['body'] },
  scp: { entry: ['ip', ...account], details: ['body', 'email?', 'query?', 'title?'] },
  fcp: { entry: ['ip', ...account], details: ['body', 'description', 'query', 'email?', 'title?'] },
  sv: { entry: ['ip'], details: ['body?', 'email?', 'query?', 'title?'] },
  fv: { entry: ['ip'], details: ['query', 'body?', 'email?', 'title?'] },
  svr: { entry: ['ip', ...account], details: ['body'] },
  sdu: { entry: ['ip', ...account], details: ['body'] },
  sce: { entry: ['ip', ...account], details: ['body'] },
  scu: { entry: ['ip', ...account], details: ['body'] },
  srrt: { entry: web, details: ['credential_id', 'audience?', 'session_id?'] },
  sapi: { entry: ['ip', 'client_id'], details: ['request', 'response', 'accessedSecrets?'] },
  mgmt_api_read: { entry: ['ip', 'client_id'], details: ['accessedSecrets', 'request', 'response'] },
  api_limit: { entry: ['hostname'], details: ['limit', 'request?'] },
  gd_start_auth: { entry: ['ip'], details: factor },
  gd_auth_succeed: { entry: ['ip'], details: factor },
  gd_auth_failed: { entry: ['ip'], details: [...factor, 'request', 'response'] },
  gd_start_enroll: { entry: ['ip'], details: factor },
  gd_enrollment_complete: { entry: ['ip'], details: factor },
  gd_otp_rate_limit_exceed: { entry: ['ip'], details: factor },
  gd_send_email: { entry: ['ip'], details: factor },
  gd_recovery_succeed: { entry: ['ip'], details: factor },
  gd_recovery_failed: { entry: ['ip'], details: factor },
  gd_unenroll: { entry: ['ip'], details: factor },
  w: { entry: account, details: ['method?', 'path?'] },
  actions_execution_failed: {
    entry: [...web, ...account],
    details: [
      'action_error?',
      'action_id',
      'action_name',
      'binding_id',
      'error_class',
      'execution_id',
      'trigger_id',
      'version_id',
    ],
  },
};

/**
 * What is wrong with an entry of the log.
 *
 * @example
 * expect(problemsOfEntry(entry)).toEqual([]);
 */
export function problemsOfEntry(entry: LogRecord): string[] {
  const shape = logShapes[entry.type];
  if (shape === undefined) return [`${entry.type} is no type that the tenant should write`];
  const missing = shape.entry.filter((name) => typeof entry[name as keyof LogRecord] !== 'string');
  const required = shape.details.filter((name) => !name.endsWith('?'));
  const allowed = new Set(shape.details.map((name) => name.replace('?', '')));
  const present = Object.keys(entry.details ?? {});
  return [
    ...missing.map((name) => `${entry.type} lacks ${name}`),
    ...required.filter((name) => !present.includes(name)).map((name) => `${entry.type} lacks details.${name}`),
    ...present.filter((name) => !allowed.has(name)).map((name) => `${entry.type} has details.${name}`),
  ];
}
