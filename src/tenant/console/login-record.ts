import type { LoginTransaction, PostLoginOutcome } from '../actions/run/login-transaction.ts';
import { claimsForScopes } from '../authentication/tokens/profile-claims.ts';
import type { LoginCircumstances, LoginPass, LoginRecord } from '../store/records/logs/login-repository.ts';

/** The record of a login that begins. */
export function newLogin(transaction: LoginTransaction, at: string): LoginRecord {
  const { user, client } = transaction;
  return {
    id: transaction.id,
    at,
    application: { id: client.client_id, name: client.name },
    user: {
      id: user.user_id,
      name: user.name ?? user.email ?? user.user_id,
      emailVerified: user.email_verified,
      ...(user.email !== undefined && { email: user.email }),
    },
    connection: transaction.connection.name,
    protocol: transaction.protocol,
    prompt: transaction.prompt,
    requestedScopes: transaction.requestedScopes,
    methods: methodsOf(transaction),
    passes: [],
    circumstances: circumstancesOf(transaction),
    claimsBefore: claimsForScopes(user, transaction.requestedScopes),
    ...(transaction.redirectUri !== undefined && { redirectUri: transaction.redirectUri }),
    ...(transaction.resourceServer !== undefined && { audience: transaction.resourceServer }),
    ...(transaction.session !== undefined && { session: transaction.session }),
  };
}

/** How the user has authenticated. */
export function methodsOf({ authenticationMethods }: LoginTransaction): LoginRecord['methods'] {
  return authenticationMethods.map(({ name, timestamp, type }) => ({ name, timestamp, ...(type && { type }) }));
}

/** The changes of the tokens, if the login has any. */
export function tokenEffects(outcome: PostLoginOutcome): LoginRecord['effects'] {
  if (outcome.kind !== 'continue') return undefined;
  const { idTokenClaims, accessTokenClaims, addedScopes, removedScopes } = outcome.effects;
  return { idToken: idTokenClaims, accessToken: accessTokenClaims, addedScopes, removedScopes };
}

function outcomeNote(outcome: PostLoginOutcome): string | undefined {
  switch (outcome.kind) {
    case 'deny':
      return outcome.reason;
    case 'error':
      return outcome.message;
    case 'redirect':
      return outcome.url;
    case 'factors':
      return outcome.asked.map((factor) => JSON.stringify(factor)).join(', ');
    case 'continue':
      return undefined;
  }
}

/**
 * One run of the Actions in a login, which ends now.
 *
 * @param began by `Date.now()`
 * @param mask masks the secrets of the Actions that ran
 * @example
 * passOf(outcome, began, (value) => value) // { at: '2026-12-01T08:00:00.000Z', ms: 12, outcome: 'continue', executions }
 */
export function passOf(outcome: PostLoginOutcome, began: number, mask: (note: string) => string): LoginPass {
  const note = outcomeNote(outcome);
  return {
    at: new Date(began).toISOString(),
    ms: Date.now() - began,
    outcome: outcome.kind,
    ...(note !== undefined && { note: removeTokens(mask(note)) }),
    executions: outcome.executions,
  };
}

function circumstancesOf(transaction: LoginTransaction): LoginCircumstances {
  const { request, responseType, responseMode, acrValues, uiLocales, locale } = transaction;
  const { loginHint, organization, customDomain } = transaction;
  const { ip, method, hostname, query, userAgent, language } = request;
  return {
    request: {
      ip,
      method,
      hostname,
      query: Object.fromEntries(Object.entries(query).filter(([name]) => !SECRET_PARAMETERS.test(name))),
      ...(userAgent !== undefined && { userAgent }),
      ...(language !== undefined && { language }),
    },
    responseType,
    acrValues,
    uiLocales,
    locale,
    ...(responseMode !== undefined && { responseMode }),
    ...(loginHint !== undefined && { loginHint }),
    ...(organization !== undefined && { organization: organization.id }),
    ...(customDomain !== undefined && { customDomain }),
  };
}

/** Names of parameters whose value signs in, stands for a secret, or belongs to one login only. */
const SECRET_PARAMETERS =
  /pass|secret|token|auth|cookie|key|credential|^code|^otp$|ticket|assertion|signature|^state$|^nonce$|^request$|invitation/i;

/** Removes signed tokens. A redirect carries one that identifies the user; a reader of the journal could reuse it. */
function removeTokens(note: string): string {
  return note.replace(/\b[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/g, '[token]');
}
