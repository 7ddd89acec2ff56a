import type { Api, ApiContext } from './api-context.ts';

/** Factors of one call; more than Auth0 has. */
const MOST_FACTORS = 20;

/** The longest possible id in Auth0. Characters. */
const LONGEST_USER_ID = 128;

/** `api.authentication`. The user is asked for factors after the Action's own code has run; the methods return nothing. */
export function authenticationApi({ collector, handler, primaryUserIsSet }: ApiContext, api: () => Api) {
  const ask = (kind: 'challenge' | 'enroll', factors: readonly unknown[], choose: boolean): void => {
    const types = [...new Set(factors.slice(0, MOST_FACTORS).map(typeOf))].filter((type) => type !== undefined);
    collector.effects.factors.push({ kind, factors: types, choose });
  };
  return {
    challengeWith(factor: unknown, options?: unknown): void {
      collector.record('authentication.challengeWith', options === undefined ? [factor] : [factor, options]);
      ask('challenge', [factor, ...additional(options)], false);
    },
    challengeWithAny(factors: unknown): void {
      collector.record('authentication.challengeWithAny', [factors]);
      ask('challenge', listOf(factors), true);
    },
    enrollWith(factor: unknown, options?: unknown): void {
      collector.record('authentication.enrollWith', options === undefined ? [factor] : [factor, options]);
      ask('enroll', [factor, ...additional(options)], false);
    },
    enrollWithAny(factors: unknown): void {
      collector.record('authentication.enrollWithAny', [factors]);
      ask('enroll', listOf(factors), true);
    },
    /** Records an authentication method that the tenant does not know, after the user has returned from a redirect. */
    recordMethod(url: unknown): Api {
      collector.record('authentication.recordMethod', [url]);
      if (handler !== 'onContinuePostLogin') {
        throw new Error('authentication.recordMethod can only be called in onContinuePostLogin.');
      }
      if (typeof url !== 'string' || !isWebAddress(url)) {
        throw new TypeError('authentication.recordMethod takes the URL of the method, http: or https:.');
      }
      collector.effects.recordedMethods.push({ name: url, timestamp: new Date().toISOString() });
      return api();
    },
    /** Sets the user that the login continues as. The tenant checks later that the signed-in user is one of their identities. */
    setPrimaryUser(userId: unknown): void {
      collector.record('authentication.setPrimaryUser', [userId]);
      if (primaryUserIsSet || collector.effects.primaryUser !== undefined) {
        throw new Error('The primary user can only be altered once per transaction');
      }
      if (typeof userId !== 'string' || userId === '') {
        throw new Error('The provided primary_user_id must be a non-empty string');
      }
      if (userId.length > LONGEST_USER_ID) throw new Error('The provided primary_user_id exceeds the maximum length.');
      collector.effects.primaryUser = userId;
    },
  };
}

function additional(options: unknown): readonly unknown[] {
  return listOf((options as { additionalFactors?: unknown } | null | undefined)?.additionalFactors);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Returns the type of a factor. Invalid factors are dropped: if no other is left, the login fails. */
function typeOf(factor: unknown): string | undefined {
  const type = (factor as { type?: unknown } | null | undefined)?.type;
  return typeof type === 'string' ? type.slice(0, 64) : undefined;
}

function isWebAddress(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}
