import { useDeferredValue, useMemo, useState } from 'react';
import { segment } from '../../management/tenant-requests.ts';
import { Link } from '../../navigation/link.tsx';
import { Select, TextField } from '../../parts/field.tsx';
import { Pager } from '../../parts/pager.tsx';
import { Table } from '../../parts/table.tsx';
import { type Judged, kinds, reasonOf } from './judge.ts';

const perPage = 25;

/** Everybody with the decision and the reason, found by name, address and decision. */
export function PeopleTable({ people }: { people: readonly Judged[] }) {
  const [kind, setKind] = useState('');
  const [text, setText] = useState('');
  const [page, setPage] = useState(0);
  // Among very many it takes a moment: typing goes first.
  const wanted = useDeferredValue(text.trim().toLowerCase());
  const found = useMemo(
    () => people.filter((one) => (kind === '' || one.kind === kind) && one.words.includes(wanted)),
    [people, kind, wanted],
  );
  const shown = Math.min(page, Math.max(0, Math.ceil(found.length / perPage) - 1));
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
          options={[{ value: '', label: 'Everybody' }, ...kinds.map((one) => ({ value: one.kind, label: one.label }))]}
        />
      </div>
      <Table
        caption="People and what the policy says of them"
        rows={found.slice(shown * perPage, (shown + 1) * perPage)}
        keyOf={({ id }) => id}
        columns={columns}
      />
      <Pager page={shown} perPage={perPage} total={found.length} furthest={found.length} onPage={setPage} />
    </>
  );
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
    cell: ({ kind }: Judged) => (
      <span className={kind === 'blocked' || kind === 'refused' ? 'bad' : 'good'}>
        {kinds.find((one) => one.kind === kind)?.label}
      </span>
    ),
  },
  { label: 'Why', cell: reasonOf },
];
