/** The dashboard's names of the triggers, and the handlers that their Actions export. */
const known: Readonly<Record<string, { readonly label: string; readonly handler: string }>> = {
  'post-login': { label: 'Login / Post Login', handler: 'onExecutePostLogin' },
  'credentials-exchange': { label: 'Machine to Machine', handler: 'onExecuteCredentialsExchange' },
  'pre-user-registration': { label: 'Pre User Registration', handler: 'onExecutePreUserRegistration' },
  'post-user-registration': { label: 'Post User Registration', handler: 'onExecutePostUserRegistration' },
  'post-change-password': { label: 'Post Change Password', handler: 'onExecutePostChangePassword' },
  'send-phone-message': { label: 'Send Phone Message', handler: 'onExecuteSendPhoneMessage' },
};

/**
 * @example
 * nameOfTrigger('post-login') // 'Login / Post Login'
 */
export function nameOfTrigger(id: string): string {
  return known[id]?.label ?? id;
}

/** The code of a new Action. */
export function initialCode(trigger: string): string {
  const pascal = trigger.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
  const handler = known[trigger]?.handler ?? `onExecute${pascal}`;
  return `/**
 * @param event details of the user, the application and the request; secrets are in event.secrets
 * @param api methods that change the outcome
 */
exports.${handler} = async (event, api) => {
};
`;
}
