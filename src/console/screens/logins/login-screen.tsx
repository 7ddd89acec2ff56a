import { readDocument } from '../../management/tenant-requests.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { pageSettings } from '../../page-settings.ts';
import { Empty } from '../../parts/empty.tsx';
import { Loads } from '../../parts/loads.tsx';
import { Screen } from '../../parts/screen.tsx';
import type { GateDocument } from '../gate/gate-document.ts';
import { runsOfDocument } from '../logs/action-run.ts';
import { decisionOf } from './decision-of.ts';
import { LoginTimeline } from './login-timeline.tsx';
import { LoginTokens } from './login-tokens.tsx';
import type { WholeLogin } from './recorded-login.ts';

/** One login, from the request to the tokens. */
export function LoginScreen({ id }: { id: string }) {
  const login = useLoaded(`login ${id}`, async (signal) => {
    const [found, gate] = await Promise.all([
      readDocument<WholeLogin | null>('login', { id }, signal),
      pageSettings.documents.includes('gate') ? readDocument<GateDocument | null>('gate', {}, signal) : null,
    ]);
    return { found, gate };
  });
  return (
    <Screen title="A login" up={{ label: 'Try it', path: '/console/try' }}>
      <Loads of={login}>
        {({ found, gate }) => {
          if (found === null) {
            return (
              <Empty title="There is no such login.">
                <p>Was it on another tenant, or on this one when it kept its data elsewhere?</p>
              </Empty>
            );
          }
          const runs = found.executions.flatMap(runsOfDocument);
          const decision = decisionOf(runs, found, gate);
          return (
            <>
              {decision && (
                <p className="decision">
                  <strong>The policy:</strong> {decision}
                </p>
              )}
              <LoginTimeline login={found} runs={runs} />
              <LoginTokens login={found} runs={runs} />
            </>
          );
        }}
      </Loads>
    </Screen>
  );
}
