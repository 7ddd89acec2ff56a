import { requestInfo } from '../authorize/login-progress.ts';
import { type ResumeDependencies, refuse, resumeInSession } from '../authorize/resume-login.ts';
import { redirectBrowser, showError, showPage } from '../http/page-responses.ts';
import type { WebContext } from '../http/web-context.ts';
import { factorOptionsPage } from '../universal-login/pages/factors/mfa-options-page.ts';
import { answerChallenge } from './challenge-pages.ts';
import { answerAppEnrolment, answerRecoveryCode } from './enrolment-pages.ts';
import { addressOf, FACTOR_PAGES, type FactorPage, optionsPageOf } from './factor-addresses.ts';
import { type FactorPageDependencies, FactorPageRequest } from './factor-page-request.ts';
import type { Ask } from './factor-status.ts';
import type { Offer } from './next-step.ts';
import { openFactors } from './open-factors.ts';

export interface FactorPagesDependencies extends FactorPageDependencies {
  readonly tenantName: string;
}

/** Universal Login: the pages for factors of multi-factor authentication. */
export interface FactorPages {
  answer(ctx: WebContext, page: FactorPage): Promise<void>;
  /**
   * `/authorize/resume` after all requests are met, or after the login has failed. Returns whether the library shall
   * continue with the request.
   */
  resume(deps: ResumeDependencies, ctx: WebContext): Promise<boolean>;
}

/**
 * Creates the pages for factors.
 *
 * @example
 * const factors = createFactorPages({ store, log, provider, pending, cookie, tenantName });
 * @see Auth0 docs: "Customize MFA Selection for Universal Login"; "Customize MFA Enrollments for Universal Login".
 */
export function createFactorPages(deps: FactorPagesDependencies): FactorPages {
  const { store, pending } = deps;

  async function answer(ctx: WebContext, page: FactorPage): Promise<void> {
    const open = await openFactors(deps, ctx);
    if (open === undefined) {
      showError(ctx, {
        status: 400,
        error: 'invalid_request',
        description:
          'This browser has no such login: it has ended, has expired, or began in another browser. Start again at the application.',
      });
      return;
    }
    const pageRequest = new FactorPageRequest(deps, ctx, open);
    const { ask } = pageRequest;
    if (pageRequest.dialog.recovery !== undefined) {
      return page === FACTOR_PAGES['enroll:recovery-code']
        ? answerRecoveryCode(store, pageRequest)
        : pageRequest.redirectToNext();
    }
    if (ask === undefined) return pageRequest.redirectToNext();
    if (ask.offers.length > 1 && page === optionsPageOf(ask)) return choose(pageRequest, page, ask);
    const offer = ask.offers.find((candidate) => pageOfOffer(candidate) === page);
    if (offer === undefined) return pageRequest.redirectToNext();
    if (offer.mode === 'challenge') return answerChallenge(store, pageRequest, page, ask, offer);
    if (offer.factor === 'recovery-code') return answerRecoveryCode(store, pageRequest);
    return answerAppEnrolment(store, deps.tenantName, pageRequest, page, ask, offer);
  }

  function choose(pageRequest: FactorPageRequest, page: FactorPage, ask: Ask) {
    const { ctx, state } = pageRequest;
    const chosen = ctx.method === 'POST' ? requestInfo(ctx).form.get('action') : null;
    const offer = ask.offers.find(({ factor }) => factor === chosen);
    if (offer !== undefined) return redirectBrowser(ctx, addressOf(pageOfOffer(offer), state));
    const factors = ask.offers.map(({ factor }) => factor);
    const enrols = ask.offers[0].mode === 'enroll';
    showPage(ctx, factorOptionsPage({ ...pageRequest.pageView(page), problems: [], enrols, factors }));
  }

  return {
    answer,
    async resume(resumeDeps, ctx) {
      const login = pending.find(ctx, requestInfo(ctx).query.state, 'factors');
      const open = await openFactors(deps, ctx);
      if (login === undefined || open === undefined) return refuse(ctx);
      if (open.status.kind === 'ask' || open.dialog.recovery !== undefined) {
        new FactorPageRequest(deps, ctx, open).redirectToNext();
        return false;
      }
      return (await resumeInSession(resumeDeps, ctx, login)) || refuse(ctx);
    },
  };
}

function pageOfOffer({ mode, factor }: Offer): FactorPage {
  return FACTOR_PAGES[`${mode}:${factor}` as keyof typeof FACTOR_PAGES];
}
