import type { Management } from 'auth0';
import { Download } from 'lucide-react';
import { manage, segment } from '../../management/tenant-requests.ts';
import { useTask } from '../../management/use-task.ts';
import { Icon } from '../../parts/icon.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';
import { runsOfDocument } from '../logs/action-run.ts';
import { decisionOf } from './decision-of.ts';
import { fileOfLogin } from './login-file.ts';
import type { WholeLogin } from './recorded-login.ts';

/** Saves the timeline of a login, with the entries of the log in it, as a file for others. */
export function SaveLoginButton({ login }: { login: WholeLogin }) {
  const save = useTask(async () => {
    const entries = await Promise.all(
      login.logs.map(({ log_id }) => manage.get<Management.GetLogResponseContent>(`logs/${segment(log_id)}`)),
    );
    const decision = decisionOf(login.executions.flatMap(runsOfDocument), login, null);
    const text = JSON.stringify(fileOfLogin(login, decision, entries), null, 2);
    const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = `login-${login.at.replaceAll(/[:.]/g, '-')}.json`;
    link.click();
    URL.revokeObjectURL(address);
  });
  return (
    <>
      <ProblemNotice error={save.error} />
      <button type="button" disabled={save.busy} aria-busy={save.busy} onClick={save.run}>
        <Icon of={Download} /> Save as a file
      </button>
    </>
  );
}
