import { RotateCw } from 'lucide-react';
import { readDocument, segment } from '../../management/tenant-requests.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { Link } from '../../navigation/link.tsx';
import { pageSettings } from '../../page-settings.ts';
import { Empty } from '../../parts/empty.tsx';
import { Icon } from '../../parts/icon.tsx';
import { LoadedContent } from '../../parts/loaded-content.tsx';
import { Screen } from '../../parts/screen.tsx';
import type { GateDocument } from '../gate/gate-document.ts';
import { runsOfDocument } from '../logs/action-run.ts';
import { decisionOf } from './decision-of.ts';
import { describeOutcome, LoginTimeline } from './login-timeline.tsx';
import { LoginTokens } from './login-tokens.tsx';
import { refusalOf, type WholeLogin } from './recorded-login.ts';
import { SaveLoginButton } from './save-login-button.tsx';

/** A login, from the request to the tokens. */
export function LoginScreen({ id }: { id: string }) {
  const login = useLoaded(`login ${id}`, async (signal) => {
    const [found, gate] = await Promise.all([
      readDocument<WholeLogin | null>('login', { id }, signal),
      pageSettings.documents.includes('gate') ? readDocument<GateDocument | null>('gate', {}, signal) : null,
    ]);
    return { found, gate };
  });
  const whole = login.value?.found;
  return (
    <Screen
      title="Login"
      up={{ label: 'Try it', path: '/console/try' }}
      actions={
        whole && (
          <>
            <Link className="button" to={`/console/logins/${segment(id)}/replay`}>
              <Icon of={RotateCw} /> Replay
            </Link>
            <SaveLoginButton login={whole} />
          </>
        )
      }
    >
      <LoadedContent of={login}>
        {({ found, gate }) => {
          if (found === null) {
            return (
              <Empty title="Login not found.">
                <p>It may belong to another tenant, or to this one with another data folder.</p>
              </Empty>
            );
          }
          const runs = found.executions.flatMap(runsOfDocument);
          const decision = decisionOf(runs, found, gate);
          return (
            <>
              <Headline login={found} decision={decision} />
              <LoginTimeline login={found} runs={runs} />
              <LoginTokens login={found} runs={runs} />
            </>
          );
        }}
      </LoadedContent>
    </Screen>
  );
}

/** The outcome first, where the policy's decision does not say it: another Action or the tenant ended the login, or it waits. */
function Headline({ login, decision }: { login: WholeLogin; decision: string | undefined }) {
  const last = login.passes.at(-1);
  const isSaid = decision !== undefined && (last?.outcome === 'continue' || refusalOf(last) !== undefined);
  if (decision === undefined && last === undefined) return null;
  return (
    <div className="decision">
      {last !== undefined && !isSaid && <p>{describeOutcome(last, true)}</p>}
      {decision !== undefined && (
        <p>
          <strong>The policy:</strong> {decision}
        </p>
      )}
    </div>
  );
}
