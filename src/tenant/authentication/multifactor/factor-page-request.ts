import { addressForCodes } from '../../factors/enrolled-factors.ts';
import type { SimulatedFactor } from '../../factors/factor-requests.ts';
import { maskedAddress } from '../../factors/masked-address.ts';
import type { TenantLog } from '../../logs/tenant-log.ts';
import { requestInfo } from '../authorize/login-progress.ts';
import type { CookieAttributes } from '../authorize/pending-logins.ts';
import { redirectBrowser } from '../http/page-responses.ts';
import type { WebContext } from '../http/web-context.ts';
import { screenContent } from '../universal-login/screen-content.ts';
import { addressOf, FACTOR_PAGES, type FactorPage, optionsPageOf, pageOf, promptOf } from './factor-addresses.ts';
import { type FactorDialog, saveFactorDialog } from './factor-dialogs.ts';
import { type FactorEventType, logFactor } from './factor-log.ts';
import { type Ask, factorStatus } from './factor-status.ts';
import type { Offer } from './next-step.ts';
import type { OpenFactors, OpenFactorsDependencies } from './open-factors.ts';
import { rememberThisBrowser } from './remembered-browser.ts';
import { canTryCode, clearWrongCodes, countWrongCode, MAX_WRONG_CODES } from './wrong-codes.ts';

export interface FactorPageDependencies extends OpenFactorsDependencies {
  readonly log: TenantLog;
  readonly cookie: CookieAttributes;
}

type Changes = { readonly [Member in keyof FactorDialog]?: FactorDialog[Member] | undefined };

const TOO_MANY = 'Too many wrong codes. Start again at the application in a few minutes.';

/** One HTTP request to the pages for factors: the login that it finds, and the steps that it can take. */
export class FactorPageRequest {
  readonly ctx: WebContext;
  readonly open: OpenFactors;
  readonly #deps: FactorPageDependencies;
  #dialog: FactorDialog;

  constructor(deps: FactorPageDependencies, ctx: WebContext, open: OpenFactors) {
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

  /** The current prompt; nothing if all requests are met, or the login has failed. */
  get ask(): Ask | undefined {
    const { user, requests, passed } = this.open;
    const status = factorStatus(this.#deps.store, this.ctx, user, requests, passed, this.#dialog);
    return status.kind === 'ask' ? status : undefined;
  }

  save(changes: Changes): void {
    this.#dialog = { ...this.#dialog, ...changes } as FactorDialog;
    saveFactorDialog(this.#deps.store, this.state, this.#dialog);
  }

  log(type: FactorEventType, factor: SimulatedFactor, id?: string): void {
    const page = { request: requestInfo(this.ctx), path: this.ctx.path };
    logFactor(this.#deps.log, page, type, this.open.login, { factor, id });
  }

  /** Logs, once, that the challenge or the enrolment has started. */
  logStart({ mode, factor }: Offer): void {
    const loggedStart = `${this.#dialog.met}:${mode}:${factor}`;
    if (this.#dialog.loggedStart === loggedStart) return;
    this.save({ loggedStart });
    this.log(mode === 'challenge' ? 'gd_start_auth' : 'gd_start_enroll', factor);
  }

  /**
   * Checks a code. After too many wrong codes the login fails, and no further code is checked.
   *
   * @returns the result of `verify`; `wrong` if the user may try again; `failed` if the login has failed and the request
   * is answered.
   */
  checkCode<Found>(factor: SimulatedFactor, verify: () => Found | undefined): Found | 'wrong' | 'failed' {
    const { store } = this.#deps;
    const { user } = this.open;
    const exhausted = () => this.#dialog.wrong >= MAX_WRONG_CODES || !canTryCode(store, user.user_id);
    return store.transaction(() => {
      const found = exhausted() ? undefined : verify();
      if (found !== undefined) {
        clearWrongCodes(store, user.user_id);
        return found;
      }
      if (!exhausted()) {
        countWrongCode(store, user.user_id);
        this.save({ wrong: this.#dialog.wrong + 1 });
        this.log(factor === 'recovery-code' ? 'gd_recovery_failed' : 'gd_auth_failed', factor);
        if (!exhausted()) return 'wrong';
      }
      this.log('gd_otp_rate_limit_exceed', factor);
      this.save({ failure: TOO_MANY });
      this.redirectToNext();
      return 'failed';
    });
  }

  /** Records that the user has passed a factor, which meets the current request. */
  passFactor(factor: SimulatedFactor, more: Changes = {}): void {
    const passedFactor = { type: factor, at: new Date().toISOString() };
    this.meetRequest({ passed: [...this.#dialog.passed, passedFactor], ...more });
  }

  /** Records that the current request is met, and redirects to the next page. */
  meetRequest(more: Changes): void {
    this.save({ met: this.#dialog.met + 1, loggedStart: undefined, secret: undefined, mail: undefined, ...more });
    this.redirectToNext();
  }

  rememberBrowser(): void {
    rememberThisBrowser(this.#deps.store, this.#deps.cookie, this.ctx, this.open.user.user_id);
  }

  /** Redirects the browser to the next page, or back to the login. */
  redirectToNext(): void {
    const { ask } = this;
    const page = this.#dialog.recovery !== undefined ? FACTOR_PAGES['enroll:recovery-code'] : ask && pageOf(ask);
    redirectBrowser(
      this.ctx,
      page === undefined ? `/authorize/resume?state=${encodeURIComponent(this.state)}` : addressOf(page, this.state),
    );
  }

  /** The view members that every page needs. */
  pageView(page: FactorPage, ask?: Ask) {
    const hasOtherOffers = ask !== undefined && ask.offers.length > 1;
    const address = addressForCodes(this.#deps.store, this.open.user);
    return {
      applicationName: this.open.login.client.name,
      state: this.state,
      action: addressOf(page, this.state),
      content: screenContent(this.#deps.store, this.ctx, {
        prompt: promptOf(page),
        screen: page,
        client: this.open.login.client,
        organization: this.open.organization,
        user: this.open.user,
        locales: this.open.locales,
        variables: { email: address === undefined ? '' : maskedAddress(address) },
      }),
      ...(hasOtherOffers && { otherMethodUrl: addressOf(optionsPageOf(ask), this.state) }),
    };
  }
}
