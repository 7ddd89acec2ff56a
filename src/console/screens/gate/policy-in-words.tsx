import type { Management } from 'auth0';
import { manage, segment } from '../../management/tenant-requests.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { Link } from '../../navigation/link.tsx';
import type { GateDocument } from './gate-document.ts';

/** The policy as sentences, in the order in which they are asked. */
export function PolicyInWords({ gate: { policy, homeUrl } }: { gate: GateDocument }) {
  const { organizations, organizationPrefix, defaultRole } = policy;
  return (
    <ol className="policy">
      <li>
        It guards{' '}
        {policy.applications.map((id, index) => (
          <span key={id}>
            {index > 0 && ', '}
            <ApplicationName id={id} />
          </span>
        ))}{' '}
        (
        <a href={homeUrl} target="_blank" rel="noreferrer">
          open it
        </a>
        ), and leaves every other application alone.
      </li>
      <li>
        Whoever has no verified e-mail address is{' '}
        <strong>{policy.unverifiedEmail === 'refuse' ? 'refused' : 'let in with the roles that they hold'}</strong>.
      </li>
      <li>
        Whoever holds a role that begins with <code>{organizationPrefix}</code>
        {defaultRole !== undefined && (
          <>
            {' '}
            or the role <code>{defaultRole}</code>
          </>
        )}{' '}
        is let in.
      </li>
      {organizations.map(({ role, domains, includeSubdomains }) => (
        <li key={role}>
          Addresses at {domains.join(', ')}
          {includeSubdomains && ' and below'} are given <code>{role}</code>, and let in.
        </li>
      ))}
      <li>
        {defaultRole === undefined ? (
          <>Everybody else is refused.</>
        ) : (
          <>
            Everybody else is given <code>{defaultRole}</code>, and let in.
          </>
        )}
      </li>
      <li>
        Where a role cannot be read or given, the login is{' '}
        <strong>{policy.onFailure === 'refuse' ? 'refused' : 'let through without it'}</strong>.
      </li>
      <li>
        The tokens carry the names of the roles in <code>{policy.claim}</code>.
      </li>
    </ol>
  );
}

/** The policy knows ids; a person knows names. */
function ApplicationName({ id }: { id: string }) {
  const application = useLoaded(`name of ${id}`, (signal) =>
    manage.get<Management.GetClientResponseContent>(`clients/${segment(id)}`, { fields: 'name' }, signal),
  );
  return <Link to={`/console/applications/${segment(id)}`}>{application.value?.name ?? id}</Link>;
}
