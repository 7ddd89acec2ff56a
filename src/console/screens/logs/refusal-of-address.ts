import type { RefusalReason } from '../../../policy/decision.ts';
import { explain } from '../../../policy/explain.ts';
import { refusalMessages } from '../../../policy/refusal-messages.ts';

/**
 * Reads why the policy refused a login from the address that the browser was sent to: the landing page, or the logout that
 * leads there.
 *
 * @returns the reason in words, without a full stop; `undefined` if the address is that of another redirect
 * @example
 * refusalOfAddress('https://apex.test/refused?reason=unverified_email') // 'the e-mail address is not verified'
 */
export function refusalOfAddress(address: unknown): string | undefined {
  if (typeof address !== 'string') return undefined;
  const url = URL.parse(address);
  const target = url?.pathname === '/v2/logout' ? url.searchParams.get('returnTo') : address;
  const reason = /[?&]reason=([a-z_]{1,40})(?:[&#]|$)/.exec(target ?? '')?.[1] ?? '';
  if (reason === 'internal_error') return 'something unexpected went wrong in the Action';
  if (!isReason(reason)) return undefined;
  const rule = URL.parse(target ?? '')?.searchParams.get('rule');
  if (reason === 'refuse_rule') return rule ? `the rule "${rule}"` : 'a rule of the policy';
  return explain({ outcome: 'refuse', reason, message: '' }).replace(/^Refused: (.*)\.$/, '$1');
}

function isReason(text: string): text is RefusalReason {
  return Object.hasOwn(refusalMessages, text);
}
