import type { Policy } from '../policy/policy.ts';

/**
 * Returns the attribute that becomes the user name in APEX (`:APP_USER`): the e-mail address if the policy requires that it is
 * verified. Otherwise any user who signs up with another's address would be that user, so the subject is the name.
 *
 * @example usernameAttribute({ unverifiedEmail: 'admit' }) // 'sub'
 */
export function usernameAttribute({ unverifiedEmail }: Pick<Policy, 'unverifiedEmail'>): 'email' | 'sub' {
  return unverifiedEmail === 'refuse' ? 'email' : 'sub';
}
