import type { Management } from 'auth0';
import type { WholeLogin } from './recorded-login.ts';

/** A login in a file of its own, with all that its timeline shows. */
export interface LoginFile {
  readonly kind: 'portcullis-login';
  readonly version: 1;
  /** The policy's decision in words, if the policy's Action ran. */
  readonly decision?: string;
  readonly login: WholeLogin;
  /** The entries of the log in full, by their ids. */
  readonly entries: Readonly<Record<string, unknown>>;
}

/** Names of members whose value signs in, or stands for a user's secret. */
const secretNames =
  /pass(?:word|wd|phrase)|secret|token|authorization|cookie|api[_-]?key|private[_-]?key|credential|^code$|^otp$|ticket|assertion|signature/i;
/** A signed or encrypted token, also inside of a text. */
const signedTokens = /\beyJ[\w-]+(?:\.[\w-]*){2,4}/g;
/** Values of secret parameters in addresses and forms, also in an address inside of another one. */
const secretParameters =
  /(?<=^|[?&;\s"'#]|%3F|%26)((?:[\w-]*(?:token|secret|password|ticket|assertion|signature)|code|session|state)(?:=|%3D))(?:(?!%26)[^&\s"'#])+/gi;
const MASK = '[masked]';

/**
 * A login as a file that can be given to others: secrets in the output of Actions, in requests and in the log are masked.
 *
 * @example
 * fileOfLogin(login, decision, entries)
 */
export function fileOfLogin(
  login: WholeLogin,
  decision: string | undefined,
  entries: readonly Management.GetLogResponseContent[],
): LoginFile {
  const byId = Object.fromEntries(entries.map((entry) => [String(entry.log_id), entry]));
  return {
    kind: 'portcullis-login',
    version: 1,
    ...(decision !== undefined && { decision }),
    login: masked(login),
    entries: masked(byId),
  };
}

function masked<Value>(value: Value): Value {
  return maskedValue(value) as Value;
}

function maskedValue(value: unknown): unknown {
  if (typeof value === 'string') {
    return maskedJson(value) ?? value.replaceAll(signedTokens, MASK).replaceAll(secretParameters, `$1${MASK}`);
  }
  if (Array.isArray(value)) return value.map(maskedValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, isSecret(name, one) ? MASK : maskedValue(one)]),
  );
}

/** A text that is a JSON object, as Actions write them to their console. */
function maskedJson(text: string): string | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.stringify(maskedValue(JSON.parse(text)));
  } catch {
    return undefined;
  }
}

/** Kinds of tokens, as the record of a login names them. */
const tokenKinds = ['id', 'access', 'idToken', 'accessToken', 'id_token', 'access_token'];

function isSecret(name: string, value: unknown): boolean {
  if (name === 'token' && tokenKinds.includes(String(value))) return false;
  return (
    secretNames.test(name) && (typeof value === 'string' || (typeof value === 'number' && /^(?:code|otp)$/i.test(name)))
  );
}

/**
 * Reads a file of a login. The file may come from anyone: what does not have the form of a login is refused.
 *
 * @returns `undefined` if it is no such file
 * @example
 * readLoginFile(await file.text())?.login.user.name
 */
export function readLoginFile(text: string): LoginFile | undefined {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isLoginFile(file) ? file : undefined;
}

function isLoginFile(value: unknown): value is LoginFile {
  return hasForm(value, {
    kind: (one) => one === 'portcullis-login',
    version: (one) => one === 1,
    decision: optional(isText),
    entries: isRecord,
    login: form(loginForm),
  });
}

type Check = (value: unknown) => boolean;
type Form = Readonly<Record<string, Check>>;

const isText: Check = (value) => typeof value === 'string';
const isNumber: Check = (value) => typeof value === 'number';
const isTruth: Check = (value) => typeof value === 'boolean';
const isRecord: Check = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isTime: Check = (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value));
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const form =
  (members: Form): Check =>
  (value) =>
    hasForm(value, members);

function hasForm(value: unknown, members: Form): boolean {
  return isRecord(value) && Object.entries(members).every(([name, check]) => check((value as Form)[name]));
}

const outcomes = ['continue', 'deny', 'error', 'redirect', 'factors', 'refused'];

const loginForm: Form = {
  id: isText,
  at: isTime,
  application: form({ id: isText, name: isText }),
  user: form({ id: isText, name: isText, email: optional(isText) }),
  connection: isText,
  protocol: isText,
  prompt: listOf(isText),
  redirectUri: optional(isText),
  requestedScopes: listOf(isText),
  audience: optional(isText),
  methods: listOf(form({ name: isText, timestamp: isText })),
  session: optional(form({ id: isText, createdAt: isTime, authenticatedAt: isTime, signedIn: optional(isTruth) })),
  passes: listOf(
    form({
      at: isTime,
      ms: isNumber,
      outcome: (value) => outcomes.includes(String(value)),
      note: optional(isText),
      executions: listOf(isText),
    }),
  ),
  claimsBefore: isRecord,
  effects: optional(
    form({ idToken: isRecord, accessToken: isRecord, addedScopes: listOf(isText), removedScopes: listOf(isText) }),
  ),
  executions: listOf(
    form({
      id: isText,
      results: listOf(
        form({
          action_id: isText,
          action_name: isText,
          handler: isText,
          started_at: isTime,
          action_duration_ms: isNumber,
          boot_duration_ms: isNumber,
          console: listOf(form({ level: isText, text: isText })),
          error: optional(form({ name: isText, message: isText })),
          calls: listOf(form({ method: isText, arguments: listOf(() => true) })),
          requests: optional(
            listOf(
              form({
                method: isText,
                host: isText,
                status: optional(isNumber),
                error: optional(isText),
                duration_ms: optional(isNumber),
              }),
            ),
          ),
          dropped_claims: listOf(form({ token: isText, claim: isText, reason: isText })),
        }),
      ),
    }),
  ),
  logs: listOf(
    form({ log_id: isText, date: isTime, type: isText, description: optional(isText), client_name: optional(isText) }),
  ),
};
