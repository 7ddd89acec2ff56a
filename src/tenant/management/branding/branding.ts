import { randomName } from '../../store/identifiers.ts';
import { type JsonValue, objectOf } from '../../store/json-value.ts';
import { notFound } from '../http/api-error.ts';
import { withoutNulls } from '../http/json-members.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import type { Operation } from '../operation.ts';
import { collection } from '../resources/collection.ts';
import { setting } from '../resources/setting.ts';
import { singleOperations } from '../resources/single-operations.ts';
import { phoneNotificationOperations } from './phone-notifications.ts';

const themesPath = '/branding/themes';
const noTheme = () => notFound('There was an error retrieving branding settings: invalid theme ID', 'theme_not_found');

const brandingSettings = setting({
  path: '/branding',
  called: 'branding settings',
  initial: {},
  beforeChange: (next) => withoutNulls(objectOf(next)),
});

const pageTemplate = setting({
  path: '/branding/templates/universal-login',
  called: 'template of Universal Login',
  reads: 'page',
  missing: () => notFound('Template does not exist.', 'inexistent_templates_universal_login'),
  beforeChange: (next) => (typeof next === 'string' ? { body: next } : { body: objectOf(next).template }) as JsonValue,
  present: (value, { body }) => (typeof body === 'string' || 'template' in body ? {} : value),
});

const themes = collection({
  path: themesPath,
  called: 'branding theme',
  idMember: 'themeId',
  id: () => randomName(32),
  missing: noTheme,
});

/**
 * Looks: `/branding`.
 *
 * @see https://auth0.com/docs/customize/login-pages/universal-login
 */
export function brandingOperations(dependencies: ManagementDependencies): Operation[] {
  const defaultTheme = singleOperations(dependencies, {
    [`GET ${themesPath}/default`]: {
      handle: () => {
        const [first] = dependencies.store.records.at({ kind: themesPath });
        if (first === undefined) throw noTheme();
        return { themeId: first.id, ...first.members };
      },
    },
  });
  return [
    ...brandingSettings(dependencies),
    ...pageTemplate(dependencies),
    ...defaultTheme,
    ...themes(dependencies),
    ...phoneNotificationOperations(dependencies),
  ];
}
