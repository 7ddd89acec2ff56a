import { type AllowedUrl, rememberAdded } from '../added-urls.ts';
import type { DesiredState } from '../desired-state.ts';
import { planApplicationUrls } from '../plan/plan-applications.ts';
import type { TenantSnapshot } from '../tenant-snapshot.ts';

/** A guarded application with the addresses that it has to allow, those of others included. */
export interface WantedApplication {
  readonly clientId: string;
  readonly name: string;
  readonly callbacks: readonly string[];
  readonly allowedLogoutUrls: readonly string[];
}

/**
 * The guarded applications as they are to be, and what `portcullis destroy` needs to know of the addresses that are ours.
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
