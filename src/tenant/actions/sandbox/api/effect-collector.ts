import type { FactorRequest, MultifactorRequest } from '../../../factors/factor-requests.ts';
import type { JsonObject, JsonValue } from '../../../store/json-value.ts';
import type { RefreshTokenChanges, SessionChanges } from '../../run/session-changes.ts';
import type { ActionEffects } from '../protocol.ts';

const MOST_CALLS = 2000;
const LONGEST_ARGUMENT = 8 * 1024;
/** All arguments of a run together. Characters. */
const LONGEST_RECORD = 512 * 1024;

// Stored before the Action's code can replace it.
const stringify = JSON.stringify;
const parse = JSON.parse;

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** The effects that one run of an Action has requested so far. */
export interface EffectCollector {
  /** Records a call for the execution, in order. */
  record(method: string, parameters: readonly unknown[]): void;
  readonly effects: Collected;
}

type Collected = Mutable<{
  calls: { method: string; arguments: JsonValue[] }[];
  idTokenClaims: [string, JsonValue, 'set' | 'unset'][];
  accessTokenClaims: [string, JsonValue, 'set' | 'unset'][];
  scopes: ['add' | 'remove', string][];
  userMetadata: [string, JsonValue][];
  appMetadata: [string, JsonValue][];
  transactionMetadata?: JsonObject;
  targetScopes?: string[];
  cache: (['set', string, string, number] | ['delete', string])[];
  deny?: { reason: string; code?: string; userMessage?: string };
  redirect?: { url: string };
  factors: FactorRequest[];
  session?: SessionChanges;
  refreshToken?: RefreshTokenChanges;
  primaryUser?: string;
  recordedMethods: { name: string; timestamp: string }[];
  multifactor?: MultifactorRequest | 'none';
  validationError?: { code: string; message: string };
}>;

/** Makes an empty collection for one run. */
export function collectEffects(): EffectCollector {
  const effects: Collected = {
    calls: [],
    idTokenClaims: [],
    accessTokenClaims: [],
    scopes: [],
    userMetadata: [],
    appMetadata: [],
    cache: [],
    factors: [],
    recordedMethods: [],
  };
  let remaining = LONGEST_RECORD;

  function abbreviated(value: unknown): JsonValue {
    try {
      const text = stringify(value);
      if (text === undefined) return null;
      const whole = text.length <= Math.min(LONGEST_ARGUMENT, remaining);
      remaining -= Math.min(text.length, LONGEST_ARGUMENT);
      if (whole) return parse(text) as JsonValue;
      return `${text.slice(0, Math.max(0, Math.min(LONGEST_ARGUMENT, remaining)))}… (${text.length} characters)`;
    } catch {
      return `[${typeof value}]`;
    }
  }

  return {
    effects,
    record(method, parameters) {
      if (effects.calls.length >= MOST_CALLS) return;
      effects.calls.push({ method, arguments: parameters.map(abbreviated) });
    },
  };
}

const NOTHING: ActionEffects = collectEffects().effects;

/** Returns the effects of a failed run: only the record of its calls. */
export function callsOnly(collector: EffectCollector): ActionEffects {
  return { ...NOTHING, calls: collector.effects.calls };
}

/**
 * Copies a value as JSON at the moment of the call: a later change does not change the requested effect.
 *
 * @throws TypeError for values that JSON cannot represent (a cycle, a BigInt)
 */
export function asJson(value: unknown): JsonValue | undefined {
  const text = stringify(value);
  return text === undefined ? undefined : (parse(text) as JsonValue);
}
