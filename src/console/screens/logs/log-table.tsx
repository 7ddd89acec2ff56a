import type { Management } from 'auth0';
import { segment } from '../../management/tenant-requests.ts';
import { Link } from '../../navigation/link.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Table } from '../../parts/table.tsx';
import { describeEntry } from './described-entry.ts';

/** A table of log entries. */
export function LogTable(props: {
  caption: string;
  entries: readonly Management.Log[];
  /** Why the policy refused the login that an entry belongs to, if it did. */
  refusalOf?: (entry: Management.Log) => string | undefined;
}) {
  const { caption, entries, refusalOf } = props;
  const describe = (entry: Management.Log) => describeEntry(entry, refusalOf?.(entry));
  return (
    <Table
      caption={caption}
      rows={entries}
      keyOf={({ log_id }) => log_id ?? ''}
      columns={[
        {
          label: 'Type',
          cell: (entry) => {
            const { name, trouble } = describe(entry);
            return (
              <Link to={`/console/logs/${segment(entry.log_id ?? '')}`} className={trouble ? 'bad' : ''}>
                {name}
              </Link>
            );
          },
        },
        { label: 'Description', cell: (entry) => describe(entry).description },
        { label: 'User', cell: ({ user_name, user_id }) => user_name || user_id },
        { label: 'Application', cell: ({ client_name }) => client_name },
        { label: 'Date', cell: ({ date }) => <Moment at={date} /> },
      ]}
    />
  );
}
