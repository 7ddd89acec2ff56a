import type { Management } from 'auth0';
import { manage, segment } from '../../management/tenant-requests.ts';
import { useTask } from '../../management/use-task.ts';
import { Link } from '../../navigation/link.tsx';
import { useNotify } from '../../parts/notices.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';

/** Verifies the unverified e-mail address of a database user: by an e-mail to the user, or by the administrator's word. */
export function UserVerification(props: { user: Management.GetUserResponseContent; onChange: () => void }) {
  const { user, onChange } = props;
  const { user_id = '', email = '' } = user;
  const notify = useNotify();
  const send = useTask(async () => {
    await manage.post('jobs/verification-email', {
      user_id,
    } satisfies Management.CreateVerificationEmailRequestContent);
    notify(`The verification e-mail to ${email} is in the outbox.`);
  });
  const mark = useTask(async () => {
    const body = { email_verified: true } satisfies Management.UpdateUserRequestContent;
    await manage.patch(`users/${segment(user_id)}`, body);
    notify(`${email} is verified.`);
    onChange();
  });
  const busy = send.busy || mark.busy;
  return (
    <section aria-label="Verification of the address">
      <p>
        The address is not verified. The user can verify it by the link of an e-mail in the{' '}
        <Link to="/console/outbox">outbox</Link>.
      </p>
      <div className="buttons">
        <button type="button" disabled={busy} onClick={() => void send.run()}>
          Send verification email
        </button>
        <button type="button" disabled={busy} onClick={() => void mark.run()}>
          Mark as verified
        </button>
      </div>
      <ProblemNotice error={send.error ?? mark.error} />
    </section>
  );
}

/** Whether the address of a user can be verified here. Addresses of other providers are verified by the provider. */
export function canVerify({ email, email_verified, identities }: Management.GetUserResponseContent): boolean {
  return email !== undefined && email_verified !== true && identities?.[0]?.provider === 'auth0';
}
