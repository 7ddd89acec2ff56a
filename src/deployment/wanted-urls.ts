import type { Policy } from '../policy/policy.ts';
import type { DesiredState } from './desired-state.ts';

/** The addresses of APEX in a configuration. */
interface ApexAddresses {
  readonly callbackUrl?: string;
  readonly signedOutPage?: string;
  readonly signedOutPages?: Readonly<Record<string, string>>;
}

/**
 * Returns the URLs that the guarded applications have to allow.
 *
 * @example wantedUrls(policy, { callbackUrl: 'https://apex.example.com/ords/apex_authentication.callback' }).callbacks
 */
export function wantedUrls(
  { landingPage }: Policy,
  { callbackUrl, signedOutPage, signedOutPages }: ApexAddresses,
): Pick<DesiredState, 'callbacks' | 'logoutUrls' | 'signedOutPages'> {
  return {
    callbacks: callbackUrl === undefined ? [] : [callbackUrl],
    logoutUrls: [landingPage, ...(signedOutPage === undefined ? [] : [signedOutPage])],
    ...(signedOutPages === undefined ? {} : { signedOutPages }),
  };
}
