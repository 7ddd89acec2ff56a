import { segment } from '../../management/tenant-requests.ts';
import { Link } from '../../navigation/link.tsx';
import { Badge } from '../../parts/badge.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Table } from '../../parts/table.tsx';
import { outcomeOf, type RecordedLogin } from './recorded-login.ts';

/** A table of logins. Each links to its details. */
export function LoginTable({ logins }: { logins: readonly RecordedLogin[] }) {
  return (
    <Table
      caption="Logins, latest first"
      rows={logins}
      keyOf={({ id }) => id}
      columns={[
        {
          label: 'User',
          cell: ({ id, user }) => <Link to={`/console/logins/${segment(id)}`}>{user.email ?? user.name}</Link>,
        },
        { label: 'Application', cell: ({ application }) => application.name },
        {
          label: 'Outcome',
          cell: (login) => {
            const { text, look } = outcomeOf(login);
            return <Badge look={look}>{text}</Badge>;
          },
        },
        { label: 'Actions', cell: ({ passes }) => `${passes.reduce((sum, { ms }) => sum + ms, 0)} ms` },
        { label: 'Date', cell: ({ at }) => <Moment at={at} /> },
      ]}
    />
  );
}
