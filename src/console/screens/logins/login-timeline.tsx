import type { Management } from 'auth0';
import type { ReactNode } from 'react';
import { manage, segment } from '../../management/tenant-requests.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { Link } from '../../navigation/link.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Fold } from '../../parts/fold.tsx';
import { LoadedContent } from '../../parts/loaded-content.tsx';
import { RawJson } from '../../parts/raw-json.tsx';
import type { ActionRun } from '../logs/action-run.ts';
import { ActionRunView } from '../logs/action-run-view.tsx';
import { REFUSED } from '../logs/described-entry.ts';
import { nameOfLogType } from '../logs/log-type.ts';
import { nameOfProtocol, refusalOf, type WholeLogin } from './recorded-login.ts';

interface TimelineEntry {
  readonly key: string;
  readonly at: string;
  readonly content: ReactNode;
}

/**
 * The events of a login in order, with the milliseconds since the Actions started.
 *
 * @param props.entries entries of the log by their ids, if the login is from a file: the tenant need not have them
 */
export function LoginTimeline(props: {
  login: WholeLogin;
  runs: readonly ActionRun[];
  entries?: Readonly<Record<string, unknown>>;
}) {
  const { login, runs, entries: saved } = props;
  const start = Date.parse(login.at);
  const isRefused = refusalOf(login.passes.at(-1)) !== undefined;
  // The refusal signs the user out.
  const nameOf = ({ type }: WholeLogin['logs'][number]) =>
    isRefused && type === 'slo' ? REFUSED : nameOfLogType(type);
  const entries = [
    ...beginning(login),
    ...runs.map((run) => ({
      key: run.key,
      at: run.startedAt,
      content: (
        <ul className="runs">
          <ActionRunView run={run} />
        </ul>
      ),
    })),
    ...login.passes.map((pass, index) => ({
      key: `pass ${index}`,
      at: new Date(Date.parse(pass.at) + pass.ms).toISOString(),
      content: describeOutcome(pass, index === login.passes.length - 1),
    })),
    ...login.logs.map((entry) => ({
      key: entry.log_id,
      at: entry.date,
      content: (
        <Fold
          look="line"
          label={
            <>
              The tenant logged <strong>{nameOf(entry)}</strong>
              {entry.description && entry.description !== nameOf(entry) && `: ${entry.description}`}
            </>
          }
          aside={entry.client_name && `(${entry.client_name})`}
        >
          {saved === undefined ? (
            <LogLine id={entry.log_id} />
          ) : (
            <RawJson value={saved[entry.log_id] ?? entry} label="Log entry" />
          )}
        </Fold>
      ),
    })),
  ].sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
  const known = new Set(login.executions.map(({ id }) => id));
  const isOld = login.passes.some(({ executions }) => executions.some((id) => !known.has(id)));
  return (
    <ol className="timeline" aria-label="Timeline">
      {isOld && (
        <li>
          <span className="muted when" />
          <div className="muted">
            The Action runs of this login are no longer stored: a tenant keeps them for ten days.
          </div>
        </li>
      )}
      {entries.map(({ key, at, content }) => (
        <li key={key}>
          <span className="muted when">{offset(Date.parse(at) - start)}</span>
          <div>{content}</div>
        </li>
      ))}
    </ol>
  );
}

/** A log entry as the Management API has it. */
function LogLine({ id }: { id: string }) {
  const entry = useLoaded(`log ${id}`, (signal) =>
    manage.get<Management.GetLogResponseContent>(`logs/${segment(id)}`, {}, signal),
  );
  return (
    <LoadedContent of={entry}>
      {(found) => (
        <>
          <RawJson value={found} label="Log entry" />
          <Link to={`/console/logs/${segment(id)}`}>Open the log entry</Link>
        </>
      )}
    </LoadedContent>
  );
}

function beginning(login: WholeLogin): TimelineEntry[] {
  const { user, application, session, methods } = login;
  const before = new Date(Date.parse(login.at) - 1).toISOString();
  const factors = methods.map(({ name }) => name).join(', ');
  // Logins of earlier versions do not say it.
  const isNew = session?.signedIn ?? Date.parse(login.at) - Date.parse(session?.authenticatedAt ?? '') < 5000;
  return [
    {
      key: 'request',
      at: before,
      content: (
        <>
          <Link to={`/console/users/${segment(user.id)}`}>{user.email ?? user.name}</Link> signs in to{' '}
          <Link to={`/console/applications/${segment(application.id)}`}>{application.name}</Link>{' '}
          {nameOfProtocol(login.protocol)}, through {login.connection}
          <Fold look="line" label="The request">
            <Facts
              facts={[
                ['Protocol', <code key="protocol">{login.protocol}</code>],
                ['Requested scopes', login.requestedScopes.join(' ')],
                ['API', login.audience],
                ['Prompt', login.prompt.join(' ')],
                ['Answer goes to', login.redirectUri],
                ['User', <code key="user">{user.id}</code>],
                ['Client ID', <code key="client">{application.id}</code>],
              ]}
            />
          </Fold>
        </>
      ),
    },
    ...(session === undefined
      ? []
      : [
          {
            key: 'session',
            at: before,
            content: (
              <>
                {isNew ? 'A session was created' : 'The session existed already, so no password was needed'}
                {factors && ` (authenticated by: ${factors})`} <code className="muted">{session.id}</code>
              </>
            ),
          },
        ]),
  ];
}

/** The outcome of one run of the Actions, in a sentence. */
export function describeOutcome(pass: WholeLogin['passes'][number], isLast: boolean): ReactNode {
  const { outcome, note, ms } = pass;
  const refusal = refusalOf(pass);
  if (refusal !== undefined) {
    return (
      <>
        <strong className="bad">Refused by the policy: {refusal}.</strong> The user is signed out, and lands on the
        landing page: <code>{note}</code>
      </>
    );
  }
  switch (outcome) {
    case 'continue':
      if (!isLast) return `The Actions let the login continue after ${ms} ms.`;
      return <strong className="good">Let in, after {ms} ms of Actions. Tokens are issued.</strong>;
    case 'deny':
      return <strong className="bad">Refused: {note}</strong>;
    case 'refused':
      return (
        <>
          <strong className="bad">Refused by the tenant: {note}</strong>
          {note?.includes('No MFA factors') && (
            <>
              {' '}
              <Link to="/console/resources/guardian/factors">Enable a factor</Link>
            </>
          )}
        </>
      );
    case 'redirect':
      return (
        <>
          <strong className="warning">The browser is redirected, and the login waits:</strong> <code>{note}</code>
        </>
      );
    case 'factors':
      return (
        <>
          <strong className="warning">The user is asked for a second factor, and the login waits.</strong>{' '}
          {askedFactors(note)}
        </>
      );
    case 'error':
      return <strong className="bad">Refused, because an Action failed: {note}</strong>;
  }
}

function offset(ms: number): string {
  if (ms < 0) return 'before';
  return ms < 10_000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** The factors that an Action asks for, as the tenant recorded them. */
function askedFactors(note: string | undefined): string {
  const names = [
    ...(note ?? '').matchAll(/"(otp|email|phone|sms|push-notification|recovery-code|webauthn-[a-z]+|duo)"/g),
  ]
    .map(([, name = '']) => name)
    .filter((name, index, all) => all.indexOf(name) === index);
  return names.length === 0 ? '' : `It may be: ${names.join(', ')}.`;
}
