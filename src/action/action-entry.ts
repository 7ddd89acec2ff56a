import type { Policy } from '../policy/policy.ts';
import type { PostLoginHandler } from './action-api.ts';
import type { ActionSettings } from './action-settings.ts';
import { ungroupAddresses } from './grouped-addresses.ts';
import { guardLogin, refuseContinuedLogin } from './guard-login.ts';

// The bundled Action begins with both, as readable literals. Long lists of addresses are in their short form.
declare const POLICY: Policy;
declare const SETTINGS: ActionSettings;

/** Made at the first login, so that it is compiled once. */
let wholePolicy: Policy | undefined;

exports.onExecutePostLogin = async function onExecutePostLogin(event, api) {
  wholePolicy ??= ungroupAddresses(POLICY);
  await guardLogin(wholePolicy, SETTINGS, event, api);
} satisfies PostLoginHandler;

exports.onContinuePostLogin = async function onContinuePostLogin(event, api) {
  await refuseContinuedLogin(event, api);
} satisfies PostLoginHandler;
