import { useId } from 'react';
import { Badge } from '../../parts/badge.tsx';
import { Fold } from '../../parts/fold.tsx';
import { Table } from '../../parts/table.tsx';
import type { GateDocument } from '../gate/gate-document.ts';
import { type ActionRun, runsOfDocument } from '../logs/action-run.ts';
import { ActionRunView } from '../logs/action-run-view.tsx';
import { decisionOf } from './decision-of.ts';
import { outcomeOf, type WholeLogin } from './recorded-login.ts';

interface Row {
  readonly key: string;
  readonly what: string;
  readonly recorded: string | undefined;
  readonly replayed: string | undefined;
}

/** Two logins side by side: first what differs, then the Actions of each. */
export function LoginComparison(props: { recorded: WholeLogin; replayed: WholeLogin; gate: GateDocument | null }) {
  const { recorded, replayed, gate } = props;
  const rows = rowsOf(recorded, replayed, gate);
  const same = rows.filter((row) => row.recorded === row.replayed);
  const different = rows.filter((row) => !same.includes(row));
  return (
    <>
      <h2>What differs</h2>
      {different.length === 0 ? (
        <p className="good">Nothing: the login would end as it did.</p>
      ) : (
        <Comparison caption="What differs" rows={different} />
      )}
      {same.length > 0 && (
        <Fold label={`What is the same (${same.length})`} aside={same.map(({ what }) => what).join(', ')}>
          <Comparison caption="What is the same" rows={same} />
        </Fold>
      )}
      <div className="side-by-side">
        <Side title="Recorded" login={recorded} />
        <Side title="Replayed" login={replayed} />
      </div>
    </>
  );
}

function Comparison({ caption, rows }: { caption: string; rows: readonly Row[] }) {
  return (
    <Table
      caption={caption}
      rows={rows}
      keyOf={({ key }) => key}
      columns={[
        { label: 'Of the login', cell: ({ what }) => what },
        { label: 'Recorded', cell: (row) => <Value of={row.recorded} /> },
        { label: 'Replayed', cell: (row) => <Value of={row.replayed} /> },
      ]}
    />
  );
}

function Value({ of }: { of: string | undefined }) {
  return of === undefined ? <span className="muted">—</span> : <span className="compared">{of}</span>;
}

function Side({ title, login }: { title: string; login: WholeLogin }) {
  const id = useId();
  const { text, look } = outcomeOf(login);
  const runs = login.executions.flatMap(runsOfDocument);
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>
        {title} <Badge look={look}>{text}</Badge>
      </h2>
      {runs.length === 0 ? (
        <p className="muted">No run of an Action is stored.</p>
      ) : (
        <ul className="runs">
          {runs.map((run) => (
            <ActionRunView key={run.key} run={run} />
          ))}
        </ul>
      )}
    </section>
  );
}

function rowsOf(recorded: WholeLogin, replayed: WholeLogin, gate: GateDocument | null): Row[] {
  // No claim of a login without tokens is known.
  const withProfile = recorded.effects !== undefined && replayed.effects !== undefined;
  const [one, other] = [recorded, replayed].map((login) => factsOf(login, gate, withProfile));
  const keys = [...new Set([...(one?.keys() ?? []), ...(other?.keys() ?? [])])];
  return keys.map((key) => ({ key, what: key, recorded: one?.get(key), replayed: other?.get(key) }));
}

/** All that a login came to, in words, by what it is about. */
function factsOf(login: WholeLogin, gate: GateDocument | null, withProfile: boolean): ReadonlyMap<string, string> {
  const runs = login.executions.flatMap(runsOfDocument);
  const facts = new Map([['Outcome', outcomeOf(login).text]]);
  const decision = decisionOf(runs, login, gate);
  if (decision !== undefined) facts.set('Policy', decision);
  for (const run of runs) facts.set(`Action ${run.name}`, effectOf(run));
  const { effects, claimsBefore } = login;
  facts.set('Tokens', effects === undefined ? 'none' : 'issued');
  if (effects !== undefined) {
    const profile = withProfile ? claimsBefore : {};
    const tokens = { 'ID token': { ...profile, ...effects.idToken }, 'access token': effects.accessToken };
    for (const [token, claims] of Object.entries(tokens)) {
      for (const [claim, value] of Object.entries(claims)) facts.set(`${claim} of the ${token}`, JSON.stringify(value));
    }
    if (effects.addedScopes.length > 0) facts.set('Added scopes', effects.addedScopes.join(' '));
    if (effects.removedScopes.length > 0) facts.set('Removed scopes', effects.removedScopes.join(' '));
  }
  return facts;
}

/** The effects of an Action's run in words, without its times. */
function effectOf({ error, calls = [] }: ActionRun): string {
  if (error !== undefined) return error;
  if (calls.length === 0) return 'calls nothing of api';
  return calls.map(({ method, arguments: given }) => `api.${method}(${given.map(asJson).join(', ')})`).join('; ');
}

const asJson = (value: unknown) => JSON.stringify(value);
