import { useDeferredValue, useMemo, useState } from 'react';
import { segment } from '../../management/tenant-requests.ts';
import { Link } from '../../navigation/link.tsx';
import { Select, TextField } from '../../parts/field.tsx';
import { Pager } from '../../parts/pager.tsx';
import { Table } from '../../parts/table.tsx';
import { kinds, type UserDecision } from './user-decision.ts';

const perPage = 25;

/** All users with the decision and the reason, filtered by name, address, decision and the rule that decides. */
export function UsersTable({ users, rules }: { users: readonly UserDecision[]; rules: readonly string[] }) {
  const [kind, setKind] = useState('');
  const [rule, setRule] = useState('');
  const [text, setText] = useState('');
  const [page, setPage] = useState(0);
  // Filtering very many users takes a moment, so typing has priority.
  const filterText = useDeferredValue(text.trim().toLowerCase());
  const found = useMemo(
    () =>
      users.filter(
        (one) =>
          (kind === '' || one.kind === kind) &&
          (rule === '' || one.rules.includes(rule)) &&
          one.searchText.includes(filterText),
      ),
    [users, kind, rule, filterText],
  );
  const visiblePage = Math.min(page, Math.max(0, Math.ceil(found.length / perPage) - 1));
  return (
    <>
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
          value={kind}
          onChange={(value) => {
            setKind(value);
            setPage(0);
          }}
          options={[{ value: '', label: 'All' }, ...kinds.map((one) => ({ value: one.kind, label: one.label }))]}
        />
        {rules.length > 0 && (
          <Select
            label="Decided by"
            value={rule}
            onChange={(value) => {
              setRule(value);
              setPage(0);
            }}
            options={[
              { value: '', label: 'Any rule' },
              ...rules.map((name) => ({
                value: name,
                label: `${name} (${users.filter((one) => one.rules.includes(name)).length.toLocaleString('en')})`,
              })),
            ]}
          />
        )}
      </div>
      <Table
        caption="Users at the gate"
        rows={found.slice(visiblePage * perPage, (visiblePage + 1) * perPage)}
        keyOf={({ id }) => id}
        columns={columns}
      />
      <Pager page={visiblePage} perPage={perPage} total={found.length} limit={found.length} onPage={setPage} />
    </>
  );
}

const columns = [
  {
    label: 'User',
    cell: ({ id, name, email }: UserDecision) => (
      <>
        <Link to={`/console/users/${segment(id)}`}>{name}</Link>
        {email !== undefined && email !== name && <div className="muted">{email}</div>}
      </>
    ),
  },
  {
    label: 'Decision',
    cell: ({ kind }: UserDecision) => (
      <span className={kind === 'blocked' || kind === 'refused' ? 'bad' : 'good'}>
        {kinds.find((one) => one.kind === kind)?.label}
      </span>
    ),
  },
  { label: 'Reason', cell: ({ reason }: UserDecision) => reason },
];
