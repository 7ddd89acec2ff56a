/** Auth0 answers the first 1000 of a list, and no more. */
const ofManagementApi = 1000;

/** Pages through a list: one of the Management API, unless it is said how far another one goes. */
export function Pager(props: {
  page: number;
  perPage: number;
  total: number;
  furthest?: number;
  onPage: (page: number) => void;
}) {
  const { page, perPage, total, furthest = ofManagementApi, onPage } = props;
  const first = total === 0 ? 0 : page * perPage + 1;
  const last = Math.min((page + 1) * perPage, total);
  return (
    <nav className="pager" aria-label="Pages">
      <span>
        {first.toLocaleString('en')}–{last.toLocaleString('en')} of {total.toLocaleString('en')}
        {total > furthest && <span className="muted"> (a list ends at 1,000; search to find others)</span>}
      </span>
      <button type="button" disabled={page === 0} onClick={() => onPage(page - 1)}>
        Previous page
      </button>
      <button type="button" disabled={page >= lastPageOf(total, perPage, furthest)} onClick={() => onPage(page + 1)}>
        Next page
      </button>
    </nav>
  );
}

/**
 * The last page that can be gone to, from 0 on.
 *
 * @example
 * lastPageOf(51, 25) // 2
 */
export function lastPageOf(total: number, perPage: number, furthest = ofManagementApi): number {
  return Math.max(1, Math.ceil(Math.min(total, furthest) / perPage)) - 1;
}

/** The page that an address names, from 0 on. */
export function pageOf(address: URL): number {
  const page = Number(address.searchParams.get('page') ?? '1');
  return Number.isSafeInteger(page) && page > 0 ? page - 1 : 0;
}
