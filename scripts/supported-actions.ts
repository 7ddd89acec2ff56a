// Generates the tables of docs/actions.md from the code: `npm run supported:actions`.
import { readFileSync, writeFileSync } from 'node:fs';
import { replaceTables } from './actions/actions-page.ts';

const page = new URL('../docs/actions.md', import.meta.url);
writeFileSync(page, replaceTables(readFileSync(page, 'utf8')));
