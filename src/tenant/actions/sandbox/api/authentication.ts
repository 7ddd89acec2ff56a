import type { ApiContext } from './api-context.ts';

/** Factors of one call; more than Auth0 has. */
const MOST_FACTORS = 20;

/** `api.authentication`, as far as factors go: the person is asked once the Action's own code has run. Nothing is answered. */
export function authenticationApi({ collector, handler }: ApiContext) {
  const ask = (kind: 'challenge' | 'enroll', factors: readonly unknown[], choose: boolean): void => {
    const types = [...new Set(factors.slice(0, MOST_FACTORS).map(typeOf))].filter((type) => type !== undefined);
    collector.effects.factors.push({ kind, factors: types, choose });
  };
  return {
    challengeWith(factor: unknown, options?: unknown): void {
      collector.note('authentication.challengeWith', options === undefined ? [factor] : [factor, options]);
      ask('challenge', [factor, ...additional(options)], false);
    },
    challengeWithAny(factors: unknown): void {
      collector.note('authentication.challengeWithAny', [factors]);
      ask('challenge', listOf(factors), true);
    },
    enrollWith(factor: unknown, options?: unknown): void {
      collector.note('authentication.enrollWith', options === undefined ? [factor] : [factor, options]);
      ask('enroll', [factor, ...additional(options)], false);
    },
    enrollWithAny(factors: unknown): void {
      collector.note('authentication.enrollWithAny', [factors]);
      ask('enroll', listOf(factors), true);
    },
    /** A way of proving who one is that the tenant does not know: whoever was sent elsewhere has come back from it. */
    recordMethod(url: unknown): void {
      collector.note('authentication.recordMethod', [url]);
      if (handler !== 'onContinuePostLogin') {
        throw new Error('authentication.recordMethod can only be called in onContinuePostLogin.');
      }
      if (typeof url !== 'string' || !URL.canParse(url)) {
        throw new TypeError('authentication.recordMethod takes the URL of the method.');
      }
      collector.effects.recordedMethods.push({ name: url, timestamp: new Date().toISOString() });
    },
  };
}

function additional(options: unknown): readonly unknown[] {
  return listOf((options as { additionalFactors?: unknown } | null | undefined)?.additionalFactors);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** What is no factor is none that anybody could be asked for: where nothing else is left, the login fails. */
function typeOf(factor: unknown): string | undefined {
  const type = (factor as { type?: unknown } | null | undefined)?.type;
  return typeof type === 'string' ? type.slice(0, 64) : undefined;
}
