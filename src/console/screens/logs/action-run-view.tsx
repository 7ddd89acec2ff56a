import { segment } from '../../management/tenant-requests.ts';
import { Link } from '../../navigation/link.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Fold } from '../../parts/fold.tsx';
import type { ActionRun } from './action-run.ts';

/** The run of an Action: its duration, its console, its `api` calls, its requests and the claims that were dropped. */
export function ActionRunView({ run }: { run: ActionRun }) {
  return (
    <li className="run">
      <div className="row">
        <h2>
          <Link to={`/console/actions/library/${segment(run.actionId)}`}>{run.name}</Link>
        </h2>
        <span className="muted">
          {formatMs(run.durationMs)} ms{run.bootMs > 0 && `, and ${formatMs(run.bootMs)} ms to start its process`}
        </span>
      </div>
      {run.error !== undefined && (
        <p className="bad">
          <strong>{run.error}</strong>
        </p>
      )}
      <h3>Console</h3>
      {run.console.length === 0 ? (
        <p className="muted">The Action wrote nothing to its console.</p>
      ) : (
        <pre className="console">
          {run.console.map(({ level, text }) => (level === 'log' ? text : `${level}: ${text}`)).join('\n')}
        </pre>
      )}
      {run.calls !== undefined && run.calls.length > 0 && (
        <>
          <h3>Calls of api</h3>
          <ul>
            {run.calls.map((call, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: calls have no other name, and their order never changes.
              <li key={index}>
                <code>
                  api.{call.method}({call.arguments.map((argument) => JSON.stringify(argument)).join(', ')})
                </code>
              </li>
            ))}
          </ul>
        </>
      )}
      {run.requests !== undefined && run.requests.length > 0 && (
        <>
          <h3>Outgoing requests</h3>
          <ol>
            {run.requests.map(({ method, host, status, error, duration_ms }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: requests have no other name, and their order never changes.
              <li key={index}>
                <Fold
                  look="line"
                  label={
                    <>
                      <code>
                        {method} {host}
                      </code>{' '}
                      <span className={error === undefined && (status ?? 0) < 400 ? 'muted' : 'bad'}>
                        {error ?? `answered ${status}`}
                        {duration_ms !== undefined && `, after ${formatMs(duration_ms)} ms`}
                      </span>
                    </>
                  }
                >
                  <Facts
                    facts={[
                      ['Method', method],
                      ['Host', <code key="host">{host}</code>],
                      ['Status', status],
                      ['Error', error],
                      ['Until the answer began', duration_ms === undefined ? undefined : `${formatMs(duration_ms)} ms`],
                      ['Share of the run', shareOf(duration_ms, run.durationMs)],
                    ]}
                  />
                </Fold>
              </li>
            ))}
          </ol>
        </>
      )}
      {run.dropped !== undefined && run.dropped.length > 0 && (
        <>
          <h3>Claims that the tenant dropped</h3>
          <ul>
            {run.dropped.map(({ token, claim, reason }) => (
              <li key={`${token} ${claim}`}>
                <code>{claim}</code> of the {token === 'id_token' ? 'ID token' : 'access token'}: {reason}
              </li>
            ))}
          </ul>
        </>
      )}
    </li>
  );
}

/** How much of the run a request took; requests at the same time may have more than 100 % together. */
function shareOf(part: number | undefined, whole: number): string | undefined {
  return part === undefined || whole <= 0 ? undefined : `${Math.min(100, Math.round((100 * part) / whole))} %`;
}

function formatMs(milliseconds: number): string {
  return milliseconds.toLocaleString('en', { maximumFractionDigits: milliseconds < 10 ? 1 : 0 });
}
