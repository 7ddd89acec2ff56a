import { z } from 'zod';
import type { JsonValue } from '../../store/json-value.ts';
import type { MessageFromSandbox } from './protocol.ts';

const json = z.custom<JsonValue>((value) => value !== undefined);
const pairs = z.array(z.tuple([z.string(), json]));
const claims = z.array(z.tuple([z.string(), json, z.enum(['set', 'unset'])]));
const error = z.object({ name: z.string(), message: z.string(), code: z.string(), stack: z.string().optional() });
const id = z.number();

const wish = z.object({
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
  multifactor: z.union([wish, z.literal('none')]).optional(),
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
    text: z.string(),
    at: z.string(),
  }),
  z.object({
    type: z.literal('request'),
    id,
    request: z.number(),
    start: z.object({ method: z.string(), host: z.string() }),
  }),
  z.object({
    type: z.literal('response'),
    id,
    request: z.number(),
    status: z.number().optional(),
    error: z.string().optional(),
    duration: z.number(),
  }),
  z.object({ type: z.literal('question'), id, question: z.number(), method: z.string(), argument: json }),
  z.object({ type: z.literal('finished'), id, duration: z.number(), error: error.optional(), effects }),
  z.object({ type: z.literal('fatal'), error }),
]);

/** What came out of a sandbox, where it has the shape that it should: the Action's code may have had a hand in it. */
export function messageOf(text: string): MessageFromSandbox | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return message.safeParse(value).success ? (value as MessageFromSandbox) : undefined;
  } catch {
    return undefined;
  }
}
