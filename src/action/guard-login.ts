//! The login: reads the roles, asks the policy, and does what it decided.
import { compiledRules } from '../policy/compiled-rules.ts';
import { decide, decideAfterFailedAssignment, decideWithUnknownRoles, refuseAgain } from '../policy/decide.ts';
import type { AdmitDecision, Decision, RefuseDecision } from '../policy/decision.ts';
import type { Policy } from '../policy/policy.ts';
import type { PostLoginApi } from './action-api.ts';
import type { PostLoginEvent } from './action-event.ts';
import type { ActionSettings } from './action-settings.ts';
import { type DecisionLine, formatDecisionLine } from './decision-line.ts';
import { LoginBudget } from './login-budget.ts';
import { type FailureCause, ManagementFailure } from './management-failure.ts';
import type { TokenSource } from './management-token.ts';
import { type Refusal, refuseLogin } from './refuse-login.ts';
import { assignRoles } from './role-assignment.ts';
import { setClaims } from './role-claim.ts';
import { readRoles, rolesInEvent } from './role-reading.ts';
import { visitorFromEvent } from './visitor-from-event.ts';

/** The decision about a login, and the cause if roles could not be read or assigned. */
interface LoginDecision {
  readonly decision: Decision;
  readonly cause?: FailureCause;
}

const INTERNAL_ERROR: Refusal = {
  reason: 'internal_error',
  message: 'Something went wrong while your access was being checked. Please try again later.',
};

/**
 * Guards one login: leaves an unguarded application alone, otherwise admits with the claim or refuses,
 * and logs one line. Every error ends in a refusal; it throws only if the runtime does not let it refuse,
 * which fails the login too.
 *
 * Source: Auth0 docs, "Post-login Triggers".
 *
 * @example exports.onExecutePostLogin = async (event, api) => guardLogin(policy, settings, event, api)
 */
export async function guardLogin(
  policy: Policy,
  settings: ActionSettings,
  event: PostLoginEvent,
  api: PostLoginApi,
): Promise<void> {
  const budget = new LoginBudget();
  try {
    const { decision, cause } = await decideLogin(policy, settings, event, api, budget);
    const { outcome, reason } = decision;
    if (outcome === 'ignore') return;
    if (outcome === 'admit') {
      setClaims(policy, decision, api);
      // Auth0 asks after all Actions, and refuses the login if the tenant has no factor to ask for.
      if (decision.mfa === true) api.multifactor.enable('any', { allowRememberBrowser: false });
    } else {
      refuseLogin(decision, policy, settings, event, api);
    }
    const country = countryOf(event, policy);
    logDecision(event, budget, { decision: outcome, reason, cause, country, ...linePart(decision) });
  } catch (error) {
    refuseLogin(INTERNAL_ERROR, policy, settings, event, api);
    logDecision(event, budget, { decision: 'refuse', reason: INTERNAL_ERROR.reason, cause: nameOf(error) });
  }
}

/**
 * Refuses a login that is resumed at `/continue`. The user was refused and was redirected to the logout, and came back
 * with the `state` of that redirect instead. Never redirects again.
 *
 * Source: Auth0 docs, "Redirect with Actions": `onContinuePostLogin` runs in the Action that redirected.
 */
export async function refuseContinuedLogin(event: PostLoginEvent, api: PostLoginApi): Promise<void> {
  const budget = new LoginBudget();
  const { reason, message } = refuseAgain();
  api.access.deny(message);
  logDecision(event, budget, { decision: 'refuse', reason });
}

async function decideLogin(
  policy: Policy,
  settings: ActionSettings,
  event: PostLoginEvent,
  api: PostLoginApi,
  budget: LoginBudget,
): Promise<LoginDecision> {
  const at = Date.now();
  const unknown = decideWithUnknownRoles(policy, visitorFromEvent(event, [], at));
  if (unknown.outcome === 'ignore') return { decision: unknown };

  const userId = typeof event.user.user_id === 'string' ? event.user.user_id : '';
  const { domain, clientId } = settings;
  const source: TokenSource = { domain, clientId, secrets: event.secrets, cache: api.cache };
  let roles = rolesInEvent(event);
  if (roles === undefined) {
    // Refused regardless of the roles: no request is needed.
    if (unknown.outcome === 'refuse' && unknown.reason !== 'roles_unknown') return { decision: unknown };
    const reading = await settleWithin(budget, readRoles(userId, api.roles, source, budget));
    if (!reading.ok) return { decision: unknown, cause: reading.cause };
    roles = reading.value;
  }

  const visitor = visitorFromEvent(event, roles, at);
  const decision = decide(policy, visitor);
  if (decision.outcome !== 'admit' || decision.assign.length === 0) return { decision };
  const assignment = await settleWithin(budget, assignRoles(decision.assign, userId, settings, source, budget));
  if (assignment.ok) return { decision };
  return { decision: decideAfterFailedAssignment(policy, visitor), cause: assignment.cause };
}

/** Waits for `work`. A tenant that does not answer is expected, and the policy decides; any other error is thrown. */
async function settleWithin<T>(
  budget: LoginBudget,
  work: Promise<T>,
): Promise<{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly cause: FailureCause }> {
  try {
    return { ok: true, value: await budget.spend(work) };
  } catch (error) {
    if (error instanceof ManagementFailure) return { ok: false, cause: error.reason };
    throw error;
  }
}

/** The part of the log line that depends on the outcome. */
function linePart(decision: AdmitDecision | RefuseDecision): Pick<DecisionLine, 'assigned' | 'rule' | 'mfa'> {
  if (decision.outcome === 'refuse') return { rule: decision.rule };
  return { assigned: decision.assign, rule: decision.rules?.join(', '), mfa: decision.mfa };
}

/** The country, if a rule asks for it: nothing that the policy does not need is logged. */
function countryOf({ request }: PostLoginEvent, policy: Policy): string | undefined {
  const code: unknown = compiledRules(policy).uses.has('country') ? request?.geoip?.countryCode : undefined;
  return typeof code === 'string' && /^[A-Za-z]{2}$/.test(code) ? code : undefined;
}

function logDecision(
  event: PostLoginEvent,
  budget: LoginBudget,
  what: Omit<DecisionLine, 'portcullis' | 'user' | 'ms' | 'calls'>,
): void {
  try {
    const user = String(event.user?.user_id ?? '');
    console.log(formatDecisionLine({ portcullis: 1, user, ms: budget.elapsed(), calls: budget.calls, ...what }));
  } catch {
    // A login does not fail for lack of a log line.
  }
}

/** Returns only the kind of an error: its message may contain values that must not be logged. */
function nameOf(error: unknown): `${string}Error` {
  return error instanceof Error && /^[A-Za-z]{0,32}Error$/.test(error.name)
    ? (error.name as `${string}Error`)
    : 'Error';
}
