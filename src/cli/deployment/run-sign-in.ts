import { CALLBACK_PATH } from '../../deployment/sign-in/temporary-callback.ts';
import { type SignInOutcome, trySignIn } from '../../deployment/sign-in/try-sign-in.ts';
import type { TenantSnapshot } from '../../deployment/tenant-snapshot.ts';
import { Problem } from '../../problem/problem.ts';
import type { Colours } from '../colours.ts';
import { openBrowser } from '../dev/open-browser.ts';
import { printable } from '../printable.ts';
import type { StopSignal } from '../stop-signal.ts';
import { openCallbackServer } from './callback-server.ts';
import type { DeploymentTarget } from './deployment-target.ts';
import { describeDecision } from './describe-decision.ts';

/** Time limit for the sign-in, long enough for a user to find their password. */
const TIMEOUT_MS = 5 * 60_000;

/**
 * Waits for a sign-in, in the user's own browser if there is one.
 *
 * @param browser whether to open the user's own browser
 * @param application name or client ID; `true` for the first application that the policy guards
 * @throws {Problem} `application_unguarded`, `sign_in_timeout`
 */
export async function runSignIn(
  { management, desired }: DeploymentTarget,
  snapshot: TenantSnapshot,
  application: string | true,
  {
    stop,
    report,
    browser,
  }: { readonly stop: StopSignal; readonly report: (text: string) => void; readonly browser: boolean },
): Promise<SignInOutcome> {
  const guarded =
    application === true
      ? snapshot.guarded[0]
      : snapshot.guarded.find(({ clientId, name }) => clientId === application || name === application);
  if (guarded === undefined) {
    const known = snapshot.guarded.map(({ name }) => name).join(', ');
    throw new Problem(
      'application_unguarded',
      `The policy does not guard ${JSON.stringify(application)}.`,
      `It guards: ${known}.`,
    );
  }
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), TIMEOUT_MS);
  void stop.stopped.then(() => abort.abort());
  const server = await openCallbackServer(CALLBACK_PATH);
  try {
    return await trySignIn(management, {
      clientId: guarded.clientId,
      domain: desired.domain,
      callback: server,
      signal: abort.signal,
      open: (url) => {
        report(
          `  During this sign-in, "${printable(guarded.name)}" accepts a callback on this machine.\n  Sign in here: ${url.href}\n`,
        );
        if (browser) openBrowser(url.href);
      },
    });
  } catch (error) {
    if (!abort.signal.aborted || stop.requested) throw error;
    throw new Problem(
      'sign_in_timeout',
      'There was no sign-in within five minutes. What was added to the application has been removed again.',
      undefined,
      { cause: error },
    );
  } finally {
    clearTimeout(timer);
    server.close();
  }
}

/** Describes the decision and the claims that the application would get. */
export function describeSignIn({ outcome, decision, claims, message }: SignInOutcome, colours: Colours): string {
  const verdict =
    decision !== undefined
      ? describeDecision(decision, colours)
      : outcome === 'admit'
        ? `  ${colours.green('let in')}`
        : `  ${outcome === 'refuse' ? colours.yellow('refused') : colours.red('failed')}  ${printable(message ?? '')}`;
  const lines = Object.entries(claims ?? {}).map(([name, value]) => {
    return `    ${printable(name)}: ${printable(JSON.stringify(value))}`;
  });
  return [verdict, ...(lines.length === 0 ? [] : ['  Claims of the ID token:', ...lines]), ''].join('\n');
}
