import { segment } from '../../management/tenant-requests.ts';
import { Link } from '../../navigation/link.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Table } from '../../parts/table.tsx';
import { type RecordedLogin, standingOf } from './recorded-login.ts';

/** Logins, each a link to what happened in it. */
export function LoginTable({ logins }: { logins: readonly RecordedLogin[] }) {
  return (
    <Table
      caption="Logins, the latest first"
      rows={logins}
      keyOf={({ id }) => id}
      columns={[
        {
          label: 'Who',
          cell: ({ id, user }) => <Link to={`/console/logins/${segment(id)}`}>{user.email ?? user.name}</Link>,
        },
        { label: 'Application', cell: ({ application }) => application.name },
        {
          label: 'What came of it',
          cell: (login) => {
            const { text, good } = standingOf(login);
            return <span className={good ? 'good' : 'warning'}>{text}</span>;
          },
        },
        { label: 'Actions', cell: ({ passes }) => `${passes.reduce((sum, { ms }) => sum + ms, 0)} ms` },
        { label: 'When', cell: ({ at }) => <Moment at={at} /> },
      ]}
    />
  );
}
