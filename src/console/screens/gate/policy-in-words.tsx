import type { Management } from 'auth0';
import { manage, segment } from '../../management/tenant-requests.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { Link } from '../../navigation/link.tsx';
import type { GateDocument } from './gate-document.ts';

/** The policy as sentences, in the order in which it decides. */
export function PolicyInWords({ gate: { policy, homeUrl } }: { gate: GateDocument }) {
  const { organizations, organizationPrefix, defaultRole } = policy;
  return (
    <ol className="policy">
      <li>
        The policy guards{' '}
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
        ). It does not affect other applications.
      </li>
      <li>
        A user without a verified e-mail address is{' '}
        <strong>{policy.unverifiedEmail === 'refuse' ? 'refused' : 'let in with the roles that they hold'}</strong>.
      </li>
      <li>
        A user who holds a role that begins with <code>{organizationPrefix}</code>
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
          A user with an address at {domains.join(', ')}
          {includeSubdomains && ' or a subdomain'} is given <code>{role}</code> and let in.
        </li>
      ))}
      <li>
        {defaultRole === undefined ? (
          <>Every other user is refused.</>
        ) : (
          <>
            Every other user is given <code>{defaultRole}</code> and let in.
          </>
        )}
      </li>
      <li>
        If a role cannot be read or assigned, the user is{' '}
        <strong>{policy.onFailure === 'refuse' ? 'refused' : 'let in without it'}</strong>.
      </li>
      <li>
        The tokens contain the role names in the claim <code>{policy.claim}</code>.
      </li>
    </ol>
  );
}

/** A link with the name of an application. The policy contains client ids only. */
function ApplicationName({ id }: { id: string }) {
  const application = useLoaded(`name of ${id}`, (signal) =>
    manage.get<Management.GetClientResponseContent>(`clients/${segment(id)}`, { fields: 'name' }, signal),
  );
  return <Link to={`/console/applications/${segment(id)}`}>{application.value?.name ?? id}</Link>;
}
