import type { Management } from 'auth0';
import { segment } from '../../management/tenant-requests.ts';
import { Link } from '../../navigation/link.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Table } from '../../parts/table.tsx';
import { isTrouble, nameOfLogType } from './log-type.ts';

/** A table of log entries. */
export function LogTable({ caption, entries }: { caption: string; entries: readonly Management.Log[] }) {
  return (
    <Table
      caption={caption}
      rows={entries}
      keyOf={({ log_id }) => log_id ?? ''}
      columns={[
        {
          label: 'Type',
          cell: ({ log_id = '', type = '' }) => (
            <Link to={`/console/logs/${segment(log_id)}`} className={isTrouble(type) ? 'bad' : ''}>
              {nameOfLogType(type)}
            </Link>
          ),
        },
        { label: 'Description', cell: ({ description }) => description },
        { label: 'User', cell: ({ user_name, user_id }) => user_name || user_id },
        { label: 'Application', cell: ({ client_name }) => client_name },
        { label: 'Date', cell: ({ date }) => <Moment at={date} /> },
      ]}
    />
  );
}
