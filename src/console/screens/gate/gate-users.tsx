import { useEffect, useEffectEvent } from 'react';
import { Empty } from '../../parts/empty.tsx';
import { LoadedContent } from '../../parts/loaded-content.tsx';
import type { GateDocument } from './gate-document.ts';
import { STOPPED, useUserDecisions } from './use-user-decisions.ts';
import { type Counts, kinds } from './user-decision.ts';
import { UsersProgress } from './users-progress.tsx';
import { UsersTable } from './users-table.tsx';

const pollMs = 5000;

/** The decision about every user: the counts, and a table with the reasons. */
export function GateUsers({ gate }: { gate: GateDocument }) {
  const users = useUserDecisions(gate);
  const { value, error, progress, reload } = users;
  const poll = useEffectEvent(() => {
    // Do not repeat an export every few seconds; the user starts the next one.
    const isListed = value?.exported === false;
    if (document.visibilityState === 'visible' && isListed && !users.loading) reload();
  });
  useEffect(() => {
    const timer = setInterval(poll, pollMs);
    return () => clearInterval(timer);
  }, []);
  const reading = progress?.exported === true ? progress : undefined;
  const stopped = error === STOPPED && !users.loading;
  return (
    <>
      <h2>Who would be let in</h2>
      {reading && value === undefined && <CountList counts={reading.counts} />}
      {reading && <UsersProgress progress={reading} onStop={users.stop} />}
      {stopped && value === undefined && (
        <Empty title="Reading the users was stopped.">
          <button type="button" onClick={reload}>
            Read all users
          </button>
        </Empty>
      )}
      {(value !== undefined || (!reading && !stopped)) && (
        <LoadedContent of={stopped ? { ...users, error: undefined } : users}>
          {({ decisions, counts, exported }) => (
            <>
              <CountList counts={counts} />
              {exported && (
                <p className="muted">
                  All {decisions.length.toLocaleString('en')} users, as of their export.{' '}
                  <button type="button" disabled={users.loading} onClick={reload}>
                    Export again
                  </button>
                </p>
              )}
              <UsersTable users={decisions} rules={rulesOf(gate)} />
            </>
          )}
        </LoadedContent>
      )}
    </>
  );
}

function CountList({ counts }: { counts: Counts }) {
  return (
    <ul className="counts">
      {kinds.map(({ kind, label }) => (
        <li key={kind}>
          <strong>{counts[kind].toLocaleString('en')}</strong> {label}
        </li>
      ))}
    </ul>
  );
}

function rulesOf({ policy: { refuse = [], admit = [] } }: GateDocument): string[] {
  return [...refuse, ...admit].map(({ rule }) => rule);
}
