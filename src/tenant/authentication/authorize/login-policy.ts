import { interactionPolicy } from 'oidc-provider';
import type { OidcContext } from '../http/web-context.ts';
import { walkLogin } from './login-pipeline.ts';
import { loginProgress } from './login-progress.ts';

const { Check, Prompt } = interactionPolicy;

/**
 * The login's table as the library's interaction policy. The first prompt walks the whole table within the request, so a user with a
 * session sees no page at all. Each prompt is the library's way to suspend a login. With `prompt=none` its error is the answer.
 *
 * @example
 * new Provider(issuer, { interactions: { policy: loginPolicy() } });
 * @see Auth0 docs: "Login Flow" (Actions), "Redirect with Actions", "Configure Silent Authentication".
 */
export function loginPolicy(): interactionPolicy.DefaultPolicy {
  const policy = interactionPolicy.base();
  policy.clear();
  policy.add(
    new Prompt(
      { name: 'login', requestable: true },
      new Check('sign_in', 'Login required', 'login_required', waitsForSignIn),
    ),
  );
  // The step that requires the sign-in looks at the requested prompt itself.
  policy.get('login')?.checks.remove('login_prompt');
  policy.add(
    new Prompt(
      { name: 'post-login' },
      new Check('actions', 'External interaction required', 'interaction_required', isSuspended, suspendedLogin),
    ),
  );
  return policy;
}

async function waitsForSignIn(ctx: OidcContext): Promise<boolean> {
  const login = loginProgress(ctx);
  login.indicator = Object.keys(ctx.oidc.resourceServers ?? {})[0];
  const suspension = await walkLogin(login, ctx.oidc.prompts.has('none') ? 'silent' : 'browser');
  return suspension?.waitsFor === 'sign-in';
}

function isSuspended(ctx: OidcContext): boolean {
  return loginProgress(ctx).suspension !== undefined;
}

function suspendedLogin(ctx: OidcContext): Record<string, unknown> {
  return { ...loginProgress(ctx).suspension };
}
