import { goOn, type ResumeDependencies, refuse } from '../authorize/resume-login.ts';
import { sendOn, showError, showPage } from '../http/page-answers.ts';
import { requestInfo, type WebContext } from '../http/web-context.ts';
import { factorOptionsPage } from '../universal-login/pages/mfa-options-page.ts';
import { answerChallenge } from './challenge-pages.ts';
import { answerAppEnrolment, answerRecoveryCode } from './enrolment-pages.ts';
import { type Ask, addressOf, FACTOR_PAGES, type FactorPage, optionsPageOf } from './factor-step.ts';
import { FactorTurn, type FactorTurnDependencies } from './factor-turn.ts';
import type { Offer } from './next-step.ts';
import { openFactors } from './open-factors.ts';

export interface FactorPagesDependencies extends FactorTurnDependencies {
  readonly tenantName: string;
}

/** Universal Login: the pages on which people prove more than their password. */
export interface FactorPages {
  answer(ctx: WebContext, page: FactorPage): Promise<void>;
  /** `/authorize/resume` once all is met, or the login has failed. Answers whether the library is to go on with the request. */
  resume(deps: ResumeDependencies, ctx: WebContext): Promise<boolean>;
}

/**
 * @example
 * const factors = createFactorPages({ store, log, provider, pending, factorStep, cookie, tenantName });
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
          'There is no such login under way in this browser: it is over, it took too long, or it began elsewhere. Start again at the application.',
      });
      return;
    }
    const turn = new FactorTurn(deps, ctx, open);
    const { ask } = turn;
    if (turn.dialog.recovery !== undefined) {
      return page === FACTOR_PAGES['enroll:recovery-code'] ? answerRecoveryCode(store, turn) : turn.next();
    }
    if (ask === undefined) return turn.next();
    if (ask.offers.length > 1 && page === optionsPageOf(ask)) return choose(turn, page, ask);
    const offer = ask.offers.find((one) => pageOfOffer(one) === page);
    if (offer === undefined) return turn.next();
    if (offer.mode === 'challenge') return answerChallenge(store, turn, page, ask, offer);
    if (offer.factor === 'recovery-code') return answerRecoveryCode(store, turn);
    return answerAppEnrolment(store, deps.tenantName, turn, page, ask, offer);
  }

  function choose(turn: FactorTurn, page: FactorPage, ask: Ask) {
    const { ctx, state } = turn;
    const chosen = ctx.method === 'POST' ? requestInfo(ctx).form.get('action') : null;
    const offer = ask.offers.find(({ factor }) => factor === chosen);
    if (offer !== undefined) return sendOn(ctx, addressOf(pageOfOffer(offer), state));
    const factors = ask.offers.map(({ factor }) => factor);
    const enrols = ask.offers[0].mode === 'enroll';
    showPage(ctx, factorOptionsPage({ ...turn.view(page), problems: [], enrols, factors }));
  }

  return {
    answer,
    async resume(resumeDeps, ctx) {
      const login = pending.find(ctx, requestInfo(ctx).query.state, 'factors');
      const open = await openFactors(deps, ctx);
      if (login === undefined || open === undefined) return refuse(ctx);
      if (open.standing.kind === 'ask' || open.dialog.recovery !== undefined) {
        new FactorTurn(deps, ctx, open).next();
        return false;
      }
      return (await goOn(resumeDeps, ctx, login)) || refuse(ctx);
    },
  };
}

function pageOfOffer({ mode, factor }: Offer): FactorPage {
  return FACTOR_PAGES[`${mode}:${factor}` as keyof typeof FACTOR_PAGES];
}
