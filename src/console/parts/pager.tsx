/** Auth0 lists at most the first 1000 entries. */
const managementApiLimit = 1000;

/** Pages through a list. `limit` is how many entries can be listed; by default, the Management API's limit. */
export function Pager(props: {
  page: number;
  perPage: number;
  total: number;
  limit?: number;
  onPage: (page: number) => void;
}) {
  const { page, perPage, total, limit = managementApiLimit, onPage } = props;
  const first = total === 0 ? 0 : page * perPage + 1;
  const last = Math.min((page + 1) * perPage, total);
  return (
    <nav className="pager" aria-label="Pages">
      <span>
        {first.toLocaleString('en')}–{last.toLocaleString('en')} of {total.toLocaleString('en')}
        {total > limit && <span className="muted"> (a list ends at 1,000; search to find others)</span>}
      </span>
      <button type="button" disabled={page === 0} onClick={() => onPage(page - 1)}>
        Previous page
      </button>
      <button type="button" disabled={page >= lastPageOf(total, perPage, limit)} onClick={() => onPage(page + 1)}>
        Next page
      </button>
    </nav>
  );
}

/**
 * The last page that can be listed, starting at 0.
 *
 * @example
 * lastPageOf(51, 25) // 2
 */
export function lastPageOf(total: number, perPage: number, limit = managementApiLimit): number {
  return Math.max(1, Math.ceil(Math.min(total, limit) / perPage)) - 1;
}

/** The page in an address, starting at 0. */
export function pageOf(address: URL): number {
  const page = Number(address.searchParams.get('page') ?? '1');
  return Number.isSafeInteger(page) && page > 0 ? page - 1 : 0;
}
