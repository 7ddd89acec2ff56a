import { useEffect, useEffectEvent } from 'react';
import { Empty } from '../../parts/empty.tsx';
import { Loads } from '../../parts/loads.tsx';
import type { GateDocument } from './gate-document.ts';
import { type Counts, kinds } from './judge.ts';
import { PeopleProgress } from './people-progress.tsx';
import { PeopleTable } from './people-table.tsx';
import { STOPPED, usePeople } from './use-people.ts';

const lookMs = 5000;

/** Who would get in: counted, and each with the reason. */
export function GatePeople({ gate }: { gate: GateDocument }) {
  const people = usePeople(gate);
  const { value, error, progress, reload } = people;
  const look = useEffectEvent(() => {
    // An export of everybody is made when it is asked for, and not every few seconds.
    const few = value?.exported === false;
    if (document.visibilityState === 'visible' && few && !people.loading) reload();
  });
  useEffect(() => {
    const timer = setInterval(look, lookMs);
    return () => clearInterval(timer);
  }, []);
  const reading = progress?.exported === true ? progress : undefined;
  const stopped = error === STOPPED && !people.loading;
  return (
    <>
      <h2>Who would get in</h2>
      {reading && value === undefined && <CountList counts={reading.counts} />}
      {reading && <PeopleProgress progress={reading} onStop={people.stop} />}
      {stopped && value === undefined && (
        <Empty title="The reading was stopped.">
          <button type="button" onClick={reload}>
            Read everybody
          </button>
        </Empty>
      )}
      {(value !== undefined || (!reading && !stopped)) && (
        <Loads of={stopped ? { ...people, error: undefined } : people}>
          {({ judged, counts, exported }) => (
            <>
              <CountList counts={counts} />
              {exported && (
                <p className="muted">
                  Of all {judged.length.toLocaleString('en')} users, as they were when they were exported.{' '}
                  <button type="button" disabled={people.loading} onClick={reload}>
                    Look again
                  </button>
                </p>
              )}
              <PeopleTable people={judged} />
            </>
          )}
        </Loads>
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
