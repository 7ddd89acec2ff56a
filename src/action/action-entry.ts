import type { Policy } from '../policy/policy.ts';
import type { PostLoginHandler } from './action-api.ts';
import type { ActionSettings } from './action-settings.ts';
import { guardLogin, refuseContinuedLogin } from './guard-login.ts';

// The bundled Action begins with both, as readable literals.
declare const POLICY: Policy;
declare const SETTINGS: ActionSettings;

exports.onExecutePostLogin = async function onExecutePostLogin(event, api) {
  await guardLogin(POLICY, SETTINGS, event, api);
} satisfies PostLoginHandler;

exports.onContinuePostLogin = async function onContinuePostLogin(event, api) {
  await refuseContinuedLogin(event, api);
} satisfies PostLoginHandler;
