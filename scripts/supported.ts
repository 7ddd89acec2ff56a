// Generates docs/supported.md, the list of Auth0's Management API operations that the tenant answers: `npm run supported`.
import { writeFileSync } from 'node:fs';
import { supportedOperations } from './supported-operations.ts';

writeFileSync(new URL('../docs/supported.md', import.meta.url), supportedOperations());
