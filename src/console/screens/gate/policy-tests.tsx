import { Table } from '../../parts/table.tsx';
import type { ShownTest } from './gate-document.ts';

/** The tests of a policy, each with its result. */
export function PolicyTests({ tests, caption }: { tests: readonly ShownTest[]; caption: string }) {
  const numbered = tests.map((test, index) => ({ ...test, number: index }));
  return <Table caption={caption} rows={numbered} keyOf={({ number }) => String(number)} columns={columns} />;
}

const columns = [
  { label: 'Visitor', cell: ({ visitor }: ShownTest) => visitor },
  { label: 'Expected', cell: ({ expected }: ShownTest) => expected },
  {
    label: 'Result',
    cell: ({ outcome, holds }: ShownTest) => (
      <span className={holds ? 'good' : 'bad'}>
        {holds ? 'holds' : 'fails'}: {outcome}
      </span>
    ),
  },
];
