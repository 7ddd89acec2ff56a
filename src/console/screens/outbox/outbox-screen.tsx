import { Fragment, type ReactNode, useEffect, useEffectEvent } from 'react';
import { readDocument } from '../../management/tenant-requests.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { Empty } from '../../parts/empty.tsx';
import { List } from '../../parts/list.tsx';
import { usePageInAddress } from '../../parts/list-page.ts';
import { Moment } from '../../parts/moment.tsx';
import { Screen } from '../../parts/screen.tsx';

interface Outbox {
  readonly mails: readonly {
    readonly to: string;
    readonly from?: string;
    readonly subject: string;
    readonly text: string;
    /** The body, if the mail has a template of the operator. */
    readonly html?: string;
    /** Why the operator's template was not used. */
    readonly error?: string;
    readonly links: readonly string[];
    readonly at: string;
  }[];
  readonly total: number;
  readonly limit: number;
}

const pollMs = 3000;

/** The mails that a real tenant would have sent. This one sends none and shows them here. */
export function OutboxScreen() {
  const paging = usePageInAddress();
  const { page } = paging;
  const outbox = useLoaded(`outbox ${page}`, async (signal) => {
    const { mails, total, limit } = await readDocument<Outbox>('outbox', { page }, signal);
    return { rows: mails, total, perPage: limit };
  });
  const poll = useEffectEvent(() => {
    if (document.visibilityState === 'visible' && !outbox.loading) outbox.reload();
  });
  useEffect(() => {
    const timer = setInterval(poll, pollMs);
    return () => clearInterval(timer);
  }, []);
  return (
    <Screen title="Outbox" introduction="The mails that a real tenant would have sent. Nothing leaves this machine.">
      <List
        of={{ ...outbox, ...paging }}
        empty={
          <Empty title="There are no mails.">
            <p>“Forgot password?” on the login page sends one, and so does a sign-up with an address to verify.</p>
          </Empty>
        }
      >
        {(mails) => (
          <ul className="mails">
            {mails.map((mail, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a mail has no id, and two may be alike.
              <li key={`${mail.at} ${index}`}>
                <h2>{mail.subject}</h2>
                <p className="muted">
                  {mail.from === undefined ? '' : `From ${mail.from} `}
                  To {mail.to}, <Moment at={mail.at} />
                </p>
                {mail.error === undefined ? null : <p role="alert">{mail.error}</p>}
                <Letter mail={mail} />
              </li>
            ))}
          </ul>
        )}
      </List>
    </Screen>
  );
}

/** The body of a mail. Its links can be followed where they are; one that the body writes in another way is below it. */
function Letter({ mail }: { mail: Outbox['mails'][number] }) {
  const { text, html, links } = mail;
  const body = html ?? text;
  // A longer link comes first: another one may be its beginning.
  const addresses = links.filter(isAddress).sort((one, other) => other.length - one.length);
  const inBody = addresses.filter((link) => body.includes(link));
  const content = withLinks(body, inBody);
  return (
    <>
      {html === undefined ? <p className="letter">{content}</p> : <pre className="letter">{content}</pre>}
      {addresses
        .filter((link) => !inBody.includes(link))
        .map((link) => (
          <p key={link}>
            <MailLink to={link} />
          </p>
        ))}
    </>
  );
}

function withLinks(text: string, links: readonly string[]): ReactNode {
  const [link, ...others] = links;
  if (link === undefined) return text;
  return text.split(link).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text are only there in their order.
    <Fragment key={index}>
      {index > 0 && <MailLink to={link} />}
      {withLinks(part, others)}
    </Fragment>
  ));
}

function MailLink({ to }: { to: string }) {
  return (
    <a href={to} target="_blank" rel="noreferrer">
      {to}
    </a>
  );
}

/** Whether a link is a web address, not script that a browser would run. */
function isAddress(link: string): boolean {
  return /^https?:$/.test(URL.parse(link)?.protocol ?? '');
}
