import { type ReactNode, useState } from 'react';
import { manage } from '../../management/tenant-requests.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { Link } from '../../navigation/link.tsx';
import { Badge } from '../../parts/badge.tsx';
import { DialogButton } from '../../parts/dialog-button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Form } from '../../parts/form.tsx';
import { LoadedContent } from '../../parts/loaded-content.tsx';
import { Moment } from '../../parts/moment.tsx';
import { useNotify } from '../../parts/notices.tsx';
import { Pager } from '../../parts/pager.tsx';
import { Table } from '../../parts/table.tsx';
import type { DescribedOperation } from './description.ts';
import { isObject, type JsonObject } from './json-object.ts';
import { OperationDialog } from './operation-dialog.tsx';
import { QueryFields, queryOf, searchParameters } from './query-fields.tsx';
import { resourceAddress } from './resource-address.ts';
import { columnsOf, idOf, titleOf } from './resource-row.ts';
import { operationOf, type Place, pathOf } from './resource-tree.ts';
import { inSentence, inWords, isAssignment, nameOfNode, nameOfOperation, singular } from './resource-words.ts';
import { nameOfValue } from './value-names.ts';

const PER_PAGE = 25;

interface ListAnswer {
  readonly rows: readonly unknown[];
  readonly total: number | undefined;
  readonly next: string | undefined;
}

/** The things of a list, one page at a time, with a search if the operation has one. */
export function ResourceList(props: { place: Place; list: DescribedOperation; note: ReactNode }) {
  const { place, list, note } = props;
  const { node } = place;
  const { query = [] } = list;
  const search = searchParameters(query);
  const required = search.filter((one) => one.required);
  const [entered, setEntered] = useState<Readonly<Record<string, string>>>({});
  const [filter, setFilter] = useState<Readonly<Record<string, string>>>({});
  const [page, setPage] = useState(0);
  const [checkpoints, setCheckpoints] = useState<readonly string[]>([]);
  const isComplete = required.every(({ name }) => (filter[name] ?? '') !== '');
  const has = (name: string) => query.some((one) => one.name === name);
  const paging = has('page')
    ? { page, per_page: PER_PAGE, ...(has('include_totals') && { include_totals: true }) }
    : has('take')
      ? { take: PER_PAGE, from: checkpoints.at(-1) }
      : {};
  const path = pathOf(place);
  const loaded = useLoaded(JSON.stringify(['list', path, filter, paging]), async (signal): Promise<ListAnswer> => {
    if (!isComplete) return { rows: [], total: 0, next: undefined };
    const answer = await manage.get<unknown>(path, { ...paging, ...queryOf(filter) }, signal);
    return listAnswer(answer, list.list ?? '');
  });
  const isLast = (answer: ListAnswer) =>
    has('page')
      ? answer.total === undefined
        ? answer.rows.length < PER_PAGE
        : (page + 1) * PER_PAGE >= answer.total
      : answer.next === undefined;
  const notify = useNotify();
  const create = operationOf(node, 'POST');
  const remove = isAssignment(node) ? operationOf(node, 'DELETE') : undefined;
  const name = nameOfNode(node);
  return (
    <>
      <div className="section-head">
        {note}
        <div className="row">
          {[create, remove].map(
            (operation) =>
              operation !== undefined && (
                <DialogButton
                  key={operation.method}
                  label={nameOfOperation(operation, node)}
                  {...(operation === create && { look: 'primary' as const })}
                  dialog={(close) => (
                    <OperationDialog
                      operation={operation}
                      place={place}
                      onClose={close}
                      onDone={() => {
                        loaded.reload();
                        close();
                        if (operation === create && !isAssignment(node)) notify(`The ${singular(name)} is created.`);
                        return true;
                      }}
                    />
                  )}
                />
              ),
          )}
        </div>
      </div>
      {search.length > 0 && (
        <details className="fold" open={required.length > 0}>
          <summary>
            Search <span className="muted">{search.map((one) => inWords(one.name)).join(', ')}</span>
          </summary>
          <Form
            className="search-fields"
            onSubmit={() => {
              setPage(0);
              setCheckpoints([]);
              setFilter(entered);
            }}
          >
            <QueryFields parameters={query} values={entered} onChange={setEntered} />
            <button type="submit">Search</button>
          </Form>
        </details>
      )}
      {isComplete ? (
        <LoadedContent of={loaded}>
          {(answer) =>
            answer.rows.length === 0 && page === 0 && checkpoints.length === 0 ? (
              <Empty title={`There are no ${inSentence(name)} here.`}>
                {create !== undefined && <p>{`The button above adds the first ${singular(name)}.`}</p>}
              </Empty>
            ) : (
              <>
                <Rows place={place} rows={answer.rows} />
                {has('page') && answer.total !== undefined ? (
                  <Pager page={page} perPage={PER_PAGE} total={answer.total} onPage={setPage} />
                ) : (
                  (!isLast(answer) || page > 0 || checkpoints.length > 0) && (
                    <nav className="pager" aria-label="Pages">
                      <span>{answer.rows.length} on this page</span>
                      <button
                        type="button"
                        disabled={page === 0 && checkpoints.length === 0}
                        onClick={() => {
                          setPage(Math.max(0, page - 1));
                          setCheckpoints(checkpoints.slice(0, -1));
                        }}
                      >
                        Previous page
                      </button>
                      <button
                        type="button"
                        disabled={isLast(answer)}
                        onClick={() => {
                          if (has('page')) setPage(page + 1);
                          else if (answer.next !== undefined) setCheckpoints([...checkpoints, answer.next]);
                        }}
                      >
                        Next page
                      </button>
                    </nav>
                  )
                )}
              </>
            )
          }
        </LoadedContent>
      ) : (
        <p className="muted">
          Search by {required.map((one) => inSentence(inWords(one.name))).join(' and ')} to see them.
        </p>
      )}
    </>
  );
}

function Rows({ place, rows }: { place: Place; rows: readonly unknown[] }) {
  const { node, values } = place;
  const { parameter } = node;
  const name = nameOfNode(node);
  const objects = rows.filter(isObject);
  const columns = columnsOf(objects, parameter);
  const numbered = rows.map((row, index) => ({ row, index }));
  const heading = (row: unknown, index: number) => {
    const id = parameter === undefined ? undefined : idOf(row, parameter);
    const named = parameter === undefined || id === undefined ? undefined : nameOfValue(parameter, id);
    const label = named ?? titleOf(row) ?? id ?? `${index + 1}`;
    if (parameter === undefined || id === undefined) return <span className="clipped">{label}</span>;
    return (
      <Link to={resourceAddress({ node: parameter, values: [...values, id] })} className="clipped">
        {label}
      </Link>
    );
  };
  return (
    <Table
      caption={name}
      rows={numbered}
      keyOf={({ index }) => String(index)}
      columns={[
        {
          label: objects.some(({ invitee }) => isObject(invitee)) ? 'Invited' : 'Name',
          cell: ({ row, index }) => heading(row, index),
        },
        ...columns.map((column) => ({
          label: inWords(column),
          cell: ({ row }: { row: unknown }) => <Cell name={column} value={isObject(row) ? row[column] : undefined} />,
        })),
      ]}
    />
  );
}

function Cell({ name, value }: { name: string; value: unknown }) {
  if (value === undefined || value === null || value === '') return <span className="muted">—</span>;
  if (typeof value === 'boolean' && name === 'enabled') {
    return value ? <Badge look="good">enabled</Badge> : <span className="muted">off</span>;
  }
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)) return <Moment at={value} />;
  if (typeof value === 'object') return <span className="muted">{JSON.stringify(value).slice(0, 60)}</span>;
  const text = String(value);
  return /(^|_)(id|kid)$/.test(name) ? (
    <code className="clipped">{text}</code>
  ) : (
    <span className="clipped">{text}</span>
  );
}

function listAnswer(answer: unknown, key: string): ListAnswer {
  if (Array.isArray(answer)) return { rows: answer, total: undefined, next: undefined };
  if (!isObject(answer)) return { rows: [], total: undefined, next: undefined };
  const found = Array.isArray(answer[key]) ? answer[key] : firstList(answer);
  const { total, next } = answer;
  return {
    rows: found,
    total: typeof total === 'number' ? total : undefined,
    next: typeof next === 'string' && next !== '' ? next : undefined,
  };
}

function firstList(answer: JsonObject): readonly unknown[] {
  const list = Object.values(answer).find((one) => Array.isArray(one));
  return Array.isArray(list) ? list : [];
}
