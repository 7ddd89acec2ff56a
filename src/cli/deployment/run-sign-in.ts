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

/** Somebody has to find their password. */
const PATIENCE_MS = 5 * 60_000;

/**
 * Signs somebody in, in their own browser where there is one.
 *
 * @param browser whether the user's own browser is opened
 * @param application by name or client id; `true` for the first that the policy guards
 * @throws {Problem} `application_unguarded`, `sign_in_timeout`
 */
export async function runSignIn(
  { management, desired }: DeploymentTarget,
  snapshot: TenantSnapshot,
  application: string | true,
  {
    stop,
    say,
    browser,
  }: { readonly stop: StopSignal; readonly say: (text: string) => void; readonly browser: boolean },
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
  const timer = setTimeout(() => abort.abort(), PATIENCE_MS);
  void stop.stopped.then(() => abort.abort());
  const server = await openCallbackServer(CALLBACK_PATH);
  try {
    return await trySignIn(management, {
      clientId: guarded.clientId,
      domain: desired.domain,
      callback: server,
      signal: abort.signal,
      open: (url) => {
        say(
          `  For the time of this sign-in, "${printable(guarded.name)}" may end a login on this machine.\n  Sign in here: ${url.href}\n`,
        );
        if (browser) openBrowser(url.href);
      },
    });
  } catch (error) {
    if (!abort.signal.aborted || stop.requested) throw error;
    throw new Problem(
      'sign_in_timeout',
      'Nobody signed in within five minutes. What was added to the application is taken out again.',
      undefined,
      { cause: error },
    );
  } finally {
    clearTimeout(timer);
    server.close();
  }
}

/** What was decided, and what the application would get. */
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
