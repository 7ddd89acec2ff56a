import type { ReplayedExchange } from './run-oracle.ts';

interface Reason {
  readonly conversation: RegExp;
  /** Where it is not true of the whole conversation. */
  readonly request?: RegExp;
  readonly why: string;
}

/** Why the tenant answers otherwise than the recorded service did. The first that fits counts. */
const reasons: readonly Reason[] = [];

/**
 * @returns `undefined` where nobody has said why: such a difference is a defect
 * @example
 * reasonFor(exchange) // 'The recorded tenant had this flag set before.'
 */
export function reasonFor({ name, method, path }: ReplayedExchange): string | undefined {
  return reasons.find(
    ({ conversation, request }) => conversation.test(name) && (request?.test(`${method} ${path}`) ?? true),
  )?.why;
}
