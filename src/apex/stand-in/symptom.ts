import type { ApexSession } from './apex-session.ts';
import type { Application } from './application.ts';
import { CAUSES, type SymptomName } from './classic-mistake.ts';

/**
 * Tells the observer what has just gone wrong, what it comes from and what ends it; in a loop once a session.
 *
 * @param detail what of this application it is about, such as an address
 * @example reportSymptom(app, 'landing-protected', session)
 */
export function reportSymptom(app: Application, name: SymptomName, session?: ApexSession, detail?: string): void {
  if (session?.symptoms.has(name)) return;
  session?.symptoms.add(name);
  app.report({ type: 'symptom', name, ...CAUSES[name], ...(detail === undefined ? {} : { detail }) });
}
