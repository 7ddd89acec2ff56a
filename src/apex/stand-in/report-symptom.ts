import type { ApexSession } from './apex-session.ts';
import type { Application } from './application.ts';
import { CAUSES, type SymptomName } from './classic-mistake.ts';

/**
 * Reports a symptom with its cause and its cure to the observer; in a loop once a session.
 *
 * @param detail the part of this application that is affected, such as an address
 * @example reportSymptom(app, 'landing-protected', session)
 */
export function reportSymptom(app: Application, name: SymptomName, session?: ApexSession, detail?: string): void {
  if (session?.symptoms.has(name)) return;
  session?.symptoms.add(name);
  app.report({ type: 'symptom', name, ...CAUSES[name], ...(detail === undefined ? {} : { detail }) });
}
