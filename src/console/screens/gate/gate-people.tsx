import { useEffect, useEffectEvent, useState } from 'react';
import { segment } from '../../management/management-api.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { Link } from '../../navigation/link.tsx';
import { Select, TextField } from '../../parts/field.tsx';
import { Loads } from '../../parts/loads.tsx';
import { Pager } from '../../parts/pager.tsx';
import { Table } from '../../parts/table.tsx';
import type { GateDocument } from './gate-document.ts';
import { type Judged, readPeople } from './people.ts';

const perPage = 25;
const lookMs = 5000;

/** Who would get in: counted, and each with the reason. */
export function GatePeople({ gate }: { gate: GateDocument }) {
  const people = useLoaded('people at the gate', (signal) => readPeople(gate, signal));
  const [outcome, setOutcome] = useState('');
  const [text, setText] = useState('');
  const [page, setPage] = useState(0);
  const look = useEffectEvent(() => {
    // Where there are many, each look takes a hundred requests: once is enough.
    const few = people.value?.complete === true;
    if (document.visibilityState === 'visible' && few && !people.loading) people.reload();
  });
  useEffect(() => {
    const timer = setInterval(look, lookMs);
    return () => clearInterval(timer);
  }, []);
  return (
    <>
      <h2>Who would get in</h2>
      <Loads of={people}>
        {({ judged, total, complete }) => {
          const wanted = text.trim().toLowerCase();
          const found = judged.filter(
            (one) =>
              (outcome === '' || kindOf(one) === outcome) &&
              `${one.name} ${one.email ?? ''}`.toLowerCase().includes(wanted),
          );
          return (
            <>
              <ul className="counts">
                {kinds.map(({ kind, label }) => (
                  <li key={kind}>
                    <strong>{judged.filter((one) => kindOf(one) === kind).length.toLocaleString('en')}</strong> {label}
                  </li>
                ))}
              </ul>
              {!complete && (
                <p className="warning">
                  Of the first {judged.length} of {total.toLocaleString('en')} users: the others are too many for the
                  Management API. <code>portcullis plan</code> counts everybody.
                </p>
              )}
              <div className="row filters">
                <TextField
                  label="Name or address"
                  type="search"
                  value={text}
                  onChange={(value) => {
                    setText(value);
                    setPage(0);
                  }}
                />
                <Select
                  label="Decision"
                  value={outcome}
                  onChange={(value) => {
                    setOutcome(value);
                    setPage(0);
                  }}
                  options={[
                    { value: '', label: 'Everybody' },
                    ...kinds.map(({ kind, label }) => ({ value: kind, label })),
                  ]}
                />
              </div>
              <Table
                caption="People and what the policy says of them"
                rows={found.slice(page * perPage, (page + 1) * perPage)}
                keyOf={({ id }) => id}
                columns={columns}
              />
              <Pager page={page} perPage={perPage} total={found.length} onPage={setPage} />
            </>
          );
        }}
      </Loads>
    </>
  );
}

const kinds = [
  { kind: 'in', label: 'let in as they are' },
  { kind: 'given', label: 'let in, and given a role' },
  { kind: 'refused', label: 'refused' },
  { kind: 'blocked', label: 'blocked by the tenant' },
] as const;

/** Whom the tenant itself keeps out does not come as far as the policy. */
function kindOf({ decision, blocked }: Judged): (typeof kinds)[number]['kind'] {
  if (blocked) return 'blocked';
  if (decision.outcome === 'refuse') return 'refused';
  return decision.outcome === 'admit' && decision.assign.length > 0 ? 'given' : 'in';
}

const columns = [
  {
    label: 'Who',
    cell: ({ id, name, email }: Judged) => (
      <>
        <Link to={`/console/users/${segment(id)}`}>{name}</Link>
        {email !== undefined && email !== name && <div className="muted">{email}</div>}
      </>
    ),
  },
  {
    label: 'Decision',
    cell: (one: Judged) => (
      <span className={one.blocked || one.decision.outcome === 'refuse' ? 'bad' : 'good'}>
        {kinds.find(({ kind }) => kind === kindOf(one))?.label}
      </span>
    ),
  },
  {
    label: 'Why',
    cell: ({ words, blocked }: Judged) =>
      blocked ? 'The tenant refuses the sign-in before the policy is asked.' : words,
  },
];
