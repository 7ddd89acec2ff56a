import type { SimulatedFactor } from '../../factors/factor-requests.ts';
import type { TenantLog } from '../../logs/tenant-log.ts';
import type { CookieAttributes } from '../authorize/pending-logins.ts';
import { sendOn } from '../http/page-answers.ts';
import type { WebContext } from '../http/web-context.ts';
import type { FactorDialog } from './factor-dialogs.ts';
import { type FactorHappening, logFactor } from './factor-log.ts';
import { type Ask, addressOf, FACTOR_PAGES, type FactorPage, optionsPageOf, pageOf } from './factor-step.ts';
import type { Offer } from './next-step.ts';
import type { OpenFactors, OpenFactorsDependencies } from './open-factors.ts';
import { rememberThisBrowser } from './remembered-browser.ts';
import { countWrongCode, forgiveWrongCodes, MOST_WRONG_CODES, mayTry } from './wrong-codes.ts';

export interface FactorTurnDependencies extends OpenFactorsDependencies {
  readonly log: TenantLog;
  readonly cookie: CookieAttributes;
}

type Changes = { readonly [Member in keyof FactorDialog]?: FactorDialog[Member] | undefined };

const TOO_MANY = 'Too many wrong codes. Start again at the application in a few minutes.';

/** One request of a person who is at the pages for factors: what it finds, and what it leads to. */
export class FactorTurn {
  readonly ctx: WebContext;
  readonly open: OpenFactors;
  readonly #deps: FactorTurnDependencies;
  #dialog: FactorDialog;

  constructor(deps: FactorTurnDependencies, ctx: WebContext, open: OpenFactors) {
    this.#deps = deps;
    this.ctx = ctx;
    this.open = open;
    this.#dialog = open.dialog;
  }

  get dialog(): FactorDialog {
    return this.#dialog;
  }

  get state(): string {
    return this.open.pending.state;
  }

  /** What is asked at present; nothing once all of it is met, or the login has failed. */
  get ask(): Ask | undefined {
    const { user, asked, passed } = this.open;
    const standing = this.#deps.factorStep.standing(this.ctx, user, asked, passed, this.#dialog);
    return standing.kind === 'ask' ? standing : undefined;
  }

  keep(changes: Changes): void {
    this.#dialog = { ...this.#dialog, ...changes } as FactorDialog;
    this.#deps.factorStep.dialogs.save(this.state, this.#dialog);
  }

  log(type: FactorHappening, factor: SimulatedFactor, id?: string): void {
    logFactor(this.#deps.log, this.ctx, type, this.open.login, { factor, id });
  }

  /** Tells the log, once, that the person was asked. */
  begin({ mode, factor }: Offer): void {
    const begun = `${this.#dialog.met}:${mode}:${factor}`;
    if (this.#dialog.begun === begun) return;
    this.keep({ begun });
    this.log(mode === 'challenge' ? 'gd_start_auth' : 'gd_start_enroll', factor);
  }

  /**
   * Judges a code. Whoever has typed too many wrong ones is not told about another one: the login fails.
   *
   * @returns what was found; `wrong` where the person may try again, `over` where the answer is given already.
   */
  judge<Found>(factor: SimulatedFactor, verify: () => Found | undefined): Found | 'wrong' | 'over' {
    const { store } = this.#deps;
    const { user } = this.open;
    const exhausted = () => this.#dialog.wrong >= MOST_WRONG_CODES || !mayTry(store, user.user_id);
    return store.transaction(() => {
      const found = exhausted() ? undefined : verify();
      if (found !== undefined) {
        forgiveWrongCodes(store, user.user_id);
        return found;
      }
      if (!exhausted()) {
        countWrongCode(store, user.user_id);
        this.keep({ wrong: this.#dialog.wrong + 1 });
        this.log(factor === 'recovery-code' ? 'gd_recovery_failed' : 'gd_auth_failed', factor);
        if (!exhausted()) return 'wrong';
      }
      this.log('gd_otp_rate_limit_exceed', factor);
      this.keep({ failure: TOO_MANY });
      this.next();
      return 'over';
    });
  }

  /** The person has proven a factor, and met with it what is asked at present. */
  pass(factor: SimulatedFactor, more: Changes = {}): void {
    const proven = { type: factor, at: new Date().toISOString() };
    this.meet({ passed: [...this.#dialog.passed, proven], ...more });
  }

  /** The person has met what is asked at present, and is sent on. */
  meet(more: Changes): void {
    this.keep({ met: this.#dialog.met + 1, begun: undefined, secret: undefined, mail: undefined, ...more });
    this.next();
  }

  remember(): void {
    rememberThisBrowser(this.#deps.store, this.#deps.cookie, this.ctx, this.open.user.user_id);
  }

  /** Sends the browser where its person is to go on. */
  next(): void {
    const { ask } = this;
    const page = this.#dialog.recovery !== undefined ? FACTOR_PAGES['enroll:recovery-code'] : ask && pageOf(ask);
    sendOn(
      this.ctx,
      page === undefined ? `/authorize/resume?state=${encodeURIComponent(this.state)}` : addressOf(page, this.state),
    );
  }

  /** What every page is shown with. */
  view(page: FactorPage, ask?: Ask) {
    const more = ask !== undefined && ask.offers.length > 1;
    return {
      applicationName: this.open.login.client.name,
      state: this.state,
      action: addressOf(page, this.state),
      ...(more && { otherMethodUrl: addressOf(optionsPageOf(ask), this.state) }),
    };
  }
}
