import { type AllowedUrl, rememberAdded } from '../added-urls.ts';
import type { DesiredState } from '../desired-state.ts';
import { planApplicationUrls } from '../plan/plan-applications.ts';
import type { TenantSnapshot } from '../tenant-snapshot.ts';

/** A guarded application with the URLs that it has to allow, including those that others added. */
export interface WantedApplication {
  readonly clientId: string;
  readonly name: string;
  readonly callbacks: readonly string[];
  readonly allowedLogoutUrls: readonly string[];
}

/**
 * Returns the desired state of the guarded applications, and the record of added URLs that `portcullis destroy` needs.
 *
 * @example wantedApplications(snapshot, desired).applications[0]?.allowedLogoutUrls
 */
export function wantedApplications(
  snapshot: TenantSnapshot,
  desired: DesiredState,
): { readonly applications: readonly WantedApplication[]; readonly added: string } {
  const changes = planApplicationUrls(snapshot, desired);
  const news: AllowedUrl[] = [];
  const applications = snapshot.guarded.map(({ clientId, name, callbacks, allowedLogoutUrls }) => {
    const fields = changes.find(({ id }) => id === clientId)?.fields ?? [];
    const added = (field: AllowedUrl['field']) => fields.filter((one) => one.name === field).map(({ after }) => after);
    for (const field of ['callbacks', 'allowed_logout_urls'] as const) {
      news.push(...added(field).map((url) => ({ clientId, field, url })));
    }
    return {
      clientId,
      name,
      callbacks: [...callbacks, ...added('callbacks')],
      allowedLogoutUrls: [...allowedLogoutUrls, ...added('allowed_logout_urls')],
    };
  });
  const own = snapshot.machines.find(({ owned }) => owned);
  return { applications, added: rememberAdded(own?.added, news) };
}
