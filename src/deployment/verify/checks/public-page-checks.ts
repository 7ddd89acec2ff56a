import { landingPagesOf } from '../../../action/refuse-login.ts';
import type { Policy } from '../../../policy/policy.ts';
import { type Check, type Finding, fail, pass } from '../check.ts';

const TIMEOUT_MS = 10_000;
const MOST_REDIRECTS = 5;

/** Checks of the pages that users end on without being signed in. */
export const publicPageChecks: readonly Check[] = [
  {
    id: 'landing_page_secure',
    title: 'the landing page is an absolute https address',
    async run({ desired }) {
      return pagesOf(desired.policy).map(({ page, label }) => {
        const url = URL.parse(page);
        const local = url !== null && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
        return url?.protocol === 'https:' || local
          ? pass(`${label}${page}`)
          : fail(`${label}${page}`, 'Write its whole address in the policy, with https://');
      });
    },
  },
  {
    id: 'landing_page_public',
    title: 'the landing page is shown without a sign-in',
    run: async ({ desired }) =>
      await Promise.all(
        pagesOf(desired.policy).map(async ({ page, label }) => {
          const finding = await lookAt(withReason(page), desired.domain, 'landing_page_public');
          return { ...finding, looked: `${label}${finding.looked}` };
        }),
      ),
  },
  {
    id: 'signed_out_page_public',
    title: 'the signed-out page is shown without a sign-in',
    async run({ desired }) {
      const [, ...ofAll] = desired.logoutUrls;
      const pages = [...new Set([...ofAll, ...Object.values(desired.signedOutPages ?? {})])];
      if (pages.length === 0) return pass('the configuration names none');
      return await Promise.all(pages.map((page) => lookAt(page, desired.domain, 'signed_out_page_public')));
    },
  },
];

/** Every landing page, with the applications that have it as a page of their own. */
function pagesOf(policy: Policy): { readonly page: string; readonly label: string }[] {
  const own = Object.entries(policy.landingPages ?? {});
  return landingPagesOf(policy).map((page) => {
    const names = own.filter(([, one]) => one === page).map(([name]) => `"${name}"`);
    return { page, label: names.length === 0 ? '' : `${names.join(', ')}: ` };
  });
}

/** The address that refused users are sent to. */
function withReason(page: string): string {
  const url = new URL(page);
  url.searchParams.set('reason', 'unverified_email');
  return url.href;
}

/** Follows redirects itself: a redirect to the tenant is the loop that users report. */
async function lookAt(page: string, domain: string, check: string): Promise<Finding> {
  let at = page;
  for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
    const answer = await ask(at);
    if ('failure' in answer) {
      return fail(`${at}: ${answer.failure}`, `If it cannot be reached from here: portcullis verify --skip ${check}`);
    }
    if (answer.location === undefined) {
      return answer.status === 200
        ? pass(`${at} answers 200`)
        : fail(`${at} answers ${answer.status}`, 'Check that the page exists.');
    }
    const next = URL.parse(answer.location, at);
    if (next === null) return fail(`${at} redirects to nowhere`, 'Check that the page exists.');
    if (next.host === domain || next.pathname.endsWith('/authorize')) {
      return fail(
        `${at} redirects to the sign-in at ${next.host}`,
        'Make the page public in APEX (Page > Security > Authentication > Page Is Public): refused users would go round in circles.',
      );
    }
    at = next.href;
  }
  return fail(
    `${page} redirects more than ${MOST_REDIRECTS} times`,
    'Check that the page is public and does not redirect.',
  );
}

async function ask(
  url: string,
): Promise<{ readonly status: number; readonly location: string | undefined } | { readonly failure: string }> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
    await response.body?.cancel();
    const location = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null;
    return { status: response.status, location: location ?? undefined };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { failure: cause instanceof Error ? cause.message : String(cause) };
  }
}
