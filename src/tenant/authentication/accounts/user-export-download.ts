import type { Store } from '../../store/store.ts';
import type { WebContext } from '../http/web-context.ts';

/** Matches the path of an exported file. Its unguessable name is all that a download requires. */
export const userExportPath = /^\/user-exports\/([\w-]{43}\.(?:json|csv)\.gz)$/;

/**
 * Answers with the file of a user export, as long as its job is kept.
 *
 * @param name the file name from the path: `….json.gz`
 * @example
 * downloadUserExport(store, ctx, 'Hq…w.csv.gz');
 * @see Auth0 docs: "Bulk User Exports".
 */
export function downloadUserExport(store: Store, ctx: WebContext, name: string): void {
  const content = store.jobs.findFile(name);
  ctx.set('cache-control', 'no-store');
  if (content === undefined) {
    ctx.status = 404;
    ctx.body = { statusCode: 404, error: 'Not Found', message: 'The file no longer exists. Start a new export.' };
    return;
  }
  ctx.status = 200;
  ctx.type = 'application/gzip';
  ctx.set('content-disposition', `attachment; filename="users.${name.slice(44)}"`);
  ctx.body = Buffer.from(content);
}
