import { ClientError, ResponseBodyError, WWWAuthenticateChallengeError } from 'openid-client';
import { Problem } from '../../problem/problem.ts';

type ProviderProblemCode =
  | 'provider_unreachable'
  | 'provider_timeout'
  | 'provider_answer_unusable'
  | 'token_request_refused'
  | 'invalid_id_token';

const SENTENCES: Record<ProviderProblemCode, string> = {
  provider_unreachable: 'The identity provider could not be reached.',
  provider_timeout: 'The identity provider took too long to answer.',
  provider_answer_unusable: 'The identity provider answered with something that is not what OpenID Connect asks for.',
  token_request_refused: 'The identity provider refused to exchange the authorization code.',
  invalid_id_token: 'The ID token is not one that this application can trust.',
};

/**
 * Says in one of a few stable codes what went wrong while the provider was asked. Only what is known to be harmless
 * is kept of the cause: an answer's body may hold tokens.
 *
 * @param failure whatever `openid-client`, or the network below it, threw
 * @returns an error whose message is a sentence for a person
 */
export function providerProblem(failure: unknown): Problem {
  const own = causes(failure).find((error) => error instanceof Problem);
  if (own instanceof Problem) return own;
  if (failure instanceof ResponseBodyError) {
    return build('token_request_refused', `${failure.error} (HTTP ${failure.status})`, failure);
  }
  if (failure instanceof WWWAuthenticateChallengeError) {
    return build('token_request_refused', `HTTP ${failure.status}`, failure);
  }
  if (failure instanceof ClientError) return build(codeOf(failure), detailOf(failure), failure);
  return build('provider_unreachable', networkCode(failure), failure);
}

function build(code: ProviderProblemCode, detail: string | undefined, cause: unknown): Problem {
  return new Problem(code, detail === undefined ? SENTENCES[code] : `${SENTENCES[code]} ${detail}`, undefined, {
    cause,
  });
}

function codeOf(failure: ClientError): ProviderProblemCode {
  const code = failure.code ?? '';
  if (code === 'OAUTH_TIMEOUT' || code === 'OAUTH_ABORT') return 'provider_timeout';
  if (/JWT|KEY_SELECTION/.test(code) || isSignatureFailure(failure)) return 'invalid_id_token';
  if (code.startsWith('OAUTH_')) return 'provider_answer_unusable';
  return networkCode(failure.cause) === undefined ? 'provider_answer_unusable' : 'provider_unreachable';
}

/** The library reports a bad signature as an invalid response like any other; only its cause's text tells. */
function isSignatureFailure(failure: ClientError): boolean {
  return failure.cause instanceof Error && /JWT|ID Token/i.test(failure.cause.message);
}

function detailOf(failure: ClientError): string | undefined {
  const code = failure.code ?? networkCode(failure.cause);
  return code === undefined ? undefined : `(${code})`;
}

/** The system's error code (`ECONNREFUSED`, `DEPTH_ZERO_SELF_SIGNED_CERT`) wherever in the chain of causes it is. */
function networkCode(failure: unknown): string | undefined {
  for (const error of causes(failure)) {
    if ('code' in error && typeof error.code === 'string') return error.code;
  }
  return undefined;
}

/** An error and what caused it; the libraries in between wrap each other's errors. */
function causes(failure: unknown): Error[] {
  const chain: Error[] = [];
  for (let error = failure; error instanceof Error && chain.length < 5; error = error.cause) chain.push(error);
  return chain;
}
