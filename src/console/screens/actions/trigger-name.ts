/** The triggers of Actions as the dashboard calls them, and what an Action of each exports. */
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

/** The code that a new Action begins with. */
export function beginningOf(trigger: string): string {
  const pascal = trigger.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
  const handler = known[trigger]?.handler ?? `onExecute${pascal}`;
  return `/**
 * @param event what is known of the person, the application and the request; secrets are in event.secrets
 * @param api what the Action may have done
 */
exports.${handler} = async (event, api) => {
};
`;
}
