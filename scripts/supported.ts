// Generates docs/supported.md and docs/settings.md, the operations and the settings of Auth0's Management API that the tenant has:
// `npm run supported`.
import { writeFileSync } from 'node:fs';
import { settingsPage } from './settings-page.ts';
import { supportedOperations } from './supported-operations.ts';

const docs = new URL('../docs/', import.meta.url);
writeFileSync(new URL('supported.md', docs), supportedOperations());
writeFileSync(new URL('settings.md', docs), settingsPage());
