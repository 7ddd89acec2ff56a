import { describeCondition } from '../../../policy/describe-condition.ts';
import { segment } from '../../management/tenant-requests.ts';
import { Link } from '../../navigation/link.tsx';
import type { GateDocument } from './gate-document.ts';

const UNVERIFIED = {
  refuse: 'refused',
  admit: 'let in with the roles that they hold',
  rules: 'let in only by a rule that does not ask for the address',
} as const;

/**
 * The policy as sentences, in the order in which it decides.
 *
 * @param props.names names of the applications by their client ids, which are all that the policy contains
 */
export function PolicyInWords(props: { gate: GateDocument; names: Readonly<Record<string, string>> }) {
  const { gate, names } = props;
  const { policy, homeUrl } = gate;
  const { organizations, organizationPrefix, defaultRole, refuse = [], admit = [], otherwise } = policy;
  const others =
    typeof otherwise === 'object' ? otherwise.roles : defaultRole === undefined ? undefined : [defaultRole];
  return (
    <ol className="policy">
      <li>
        The policy guards{' '}
        {policy.applications.map((id, index) => (
          <span key={id}>
            {index > 0 && ', '}
            <Link to={`/console/applications/${segment(id)}`}>{names[id] ?? id}</Link>
          </span>
        ))}{' '}
        (
        <a href={homeUrl} target="_blank" rel="noreferrer">
          open it
        </a>
        ). It does not affect other applications.
      </li>
      <li>
        A user without a verified e-mail address is <strong>{UNVERIFIED[policy.unverifiedEmail]}</strong>.
      </li>
      {refuse.map(({ rule, when, because }) => (
        <li key={`refuse ${rule}`}>
          <strong>{rule}</strong>: refused, whatever else holds: {describeCondition(when, 'whole')}.
          {because !== undefined && <> They read: “{because}”</>}
        </li>
      ))}
      {admit.map(({ rule, when, roles, mfa }) => (
        <li key={`admit ${rule}`}>
          <strong>{rule}</strong>: {describeCondition(when, 'whole')}: let in
          {roles.length > 0 && <> and given {roles.join(', ')}</>}
          {mfa === true && ', after a second factor, unless another line lets them in'}.
        </li>
      ))}
      {(organizationPrefix !== '' || defaultRole !== undefined) && (
        <li>
          A user who holds{' '}
          {organizationPrefix !== '' && (
            <>
              a role that begins with <code>{organizationPrefix}</code>
            </>
          )}
          {organizationPrefix !== '' && defaultRole !== undefined && ' or '}
          {defaultRole !== undefined && (
            <>
              the role <code>{defaultRole}</code>
            </>
          )}{' '}
          is let in.
        </li>
      )}
      {organizations.map(({ role, domains, includeSubdomains }) => (
        <li key={role}>
          A user with an address at {domains.join(', ')}
          {includeSubdomains && ' or a subdomain'} is given <code>{role}</code> and let in.
        </li>
      ))}
      <li>
        {others === undefined ? (
          <>Every other user is refused.</>
        ) : (
          <>
            Every other user is {others.length > 0 && 'given '}
            <code>{others.join(', ')}</code>
            {others.length > 0 && ' and '}let in.
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
