// Makes docs/supported.md, which says what of Auth0's Management API the tenant answers: `npm run supported`.
import { writeFileSync } from 'node:fs';
import { supportedOperations } from './supported-operations.ts';

writeFileSync(new URL('../docs/supported.md', import.meta.url), supportedOperations());
