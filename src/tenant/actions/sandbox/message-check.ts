import { z } from 'zod';
import type { JsonValue } from '../../store/json-value.ts';
import { CONSOLE_LIMIT, LONGEST_ERROR, LONGEST_REQUEST, type MessageFromSandbox } from './protocol.ts';

const json = z.custom<JsonValue>((value) => value !== undefined);
const pairs = z.array(z.tuple([z.string(), json]));
const claims = z.array(z.tuple([z.string(), json, z.enum(['set', 'unset'])]));
const error = z.object({
  name: z.string().max(LONGEST_ERROR.name),
  message: z.string().max(LONGEST_ERROR.message),
  code: z.string().max(LONGEST_ERROR.code),
  stack: z.string().max(LONGEST_ERROR.stack).optional(),
});
const id = z.int();
const duration = z.number().min(0);

const multifactorRequest = z.object({
  kind: z.literal('require'),
  factors: z.array(z.enum(['otp', 'email', 'recovery-code'])),
  allowRememberBrowser: z.boolean(),
});
const request = z.object({ kind: z.enum(['challenge', 'enroll']), factors: z.array(z.string()), choose: z.boolean() });

const lifetime = {
  expiresAt: z.number().optional(),
  idleExpiresAt: z.number().optional(),
  metadata: z.record(z.string(), z.string()).optional(),
};

const effects = z.object({
  calls: z.array(z.object({ method: z.string(), arguments: z.array(json) })),
  idTokenClaims: claims,
  accessTokenClaims: claims,
  scopes: z.array(z.tuple([z.enum(['add', 'remove']), z.string()])),
  userMetadata: pairs,
  appMetadata: pairs,
  transactionMetadata: z.record(z.string(), json).optional(),
  targetScopes: z.array(z.string()).optional(),
  cache: z.array(
    z.union([
      z.tuple([z.literal('set'), z.string(), z.string(), z.number()]),
      z.tuple([z.literal('delete'), z.string()]),
    ]),
  ),
  deny: z.object({ reason: z.string(), code: z.string().optional(), userMessage: z.string().optional() }).optional(),
  redirect: z.object({ url: z.string().refine((url) => URL.canParse(url)) }).optional(),
  factors: z.array(request),
  multifactor: z.union([multifactorRequest, z.literal('none')]).optional(),
  session: z
    .object({
      ...lifetime,
      revoke: z.object({ preserveRefreshTokens: z.boolean() }).optional(),
      cookieMode: z.enum(['persistent', 'non-persistent']).optional(),
    })
    .optional(),
  refreshToken: z.object({ ...lifetime, revoke: z.literal(true).optional() }).optional(),
  primaryUser: z.string().optional(),
  recordedMethods: z.array(z.object({ name: z.string(), timestamp: z.string() })),
  validationError: z.object({ code: z.string(), message: z.string() }).optional(),
});

const message = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('started'), id }),
  z.object({
    type: z.literal('console'),
    id,
    level: z.enum(['log', 'info', 'warn', 'error', 'debug']),
    text: z.string().max(CONSOLE_LIMIT),
    at: z.iso.datetime().max(40),
  }),
  z.object({
    type: z.literal('request'),
    id,
    request: z.int(),
    start: z.object({
      method: z.string().max(LONGEST_REQUEST.method),
      host: z.string().max(LONGEST_REQUEST.host),
    }),
  }),
  z.object({
    type: z.literal('response'),
    id,
    request: z.int(),
    status: z.int().optional(),
    error: z.string().max(LONGEST_REQUEST.error).optional(),
    duration,
  }),
  z.object({ type: z.literal('question'), id, question: z.int(), method: z.string().max(100), argument: json }),
  z.object({ type: z.literal('finished'), id, duration, error: error.optional(), effects }),
  z.object({ type: z.literal('fatal'), error }),
]);

/** Parses a message from a sandbox, if it has the right shape: the Action's code may have manipulated it. */
export function messageOf(text: string): MessageFromSandbox | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return message.safeParse(value).success ? (value as MessageFromSandbox) : undefined;
  } catch {
    return undefined;
  }
}
