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
 * Turns an error of a request to the provider into one of a few stable codes. Of the cause it keeps only
 * parts that are known to be harmless: the body of a response may contain tokens.
 *
 * @param failure the error that `openid-client`, or the network below it, threw
 * @returns an error whose message is a sentence for the user
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

/** The library reports a bad signature as an invalid response; only the text of the cause distinguishes them. */
function isSignatureFailure(failure: ClientError): boolean {
  return failure.cause instanceof Error && /JWT|ID Token/i.test(failure.cause.message);
}

function detailOf(failure: ClientError): string | undefined {
  const code = failure.code ?? networkCode(failure.cause);
  return code === undefined ? undefined : `(${code})`;
}

/** Returns the system's error code (`ECONNREFUSED`, `DEPTH_ZERO_SELF_SIGNED_CERT`) from anywhere in the chain of causes. */
function networkCode(failure: unknown): string | undefined {
  for (const error of causes(failure)) {
    if ('code' in error && typeof error.code === 'string') return error.code;
  }
  return undefined;
}

/** Returns an error and its causes; the libraries in between wrap each other's errors. */
function causes(failure: unknown): Error[] {
  const chain: Error[] = [];
  for (let error = failure; error instanceof Error && chain.length < 5; error = error.cause) chain.push(error);
  return chain;
}
