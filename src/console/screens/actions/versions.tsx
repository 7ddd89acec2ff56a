import type { Management } from 'auth0';
import { lazy, Suspense, useState } from 'react';
import { manage, segment } from '../../management/tenant-requests.ts';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { List } from '../../parts/list.tsx';
import { usePageHere } from '../../parts/list-page.ts';
import { Moment } from '../../parts/moment.tsx';
import { useNotify } from '../../parts/notices.tsx';
import { useList } from '../../parts/use-list.ts';
import type { ActionAtWork } from './use-action.ts';

const CodeDiff = lazy(() => import('../../editor/code-diff.tsx').then((loaded) => ({ default: loaded.CodeDiff })));

type Version = Management.ActionVersion;

/** What was deployed, the latest first: compared with the draft, and taken back. */
export function Versions({ work }: { work: ActionAtWork }) {
  const [compared, setCompared] = useState<Version>();
  const [chosen, setChosen] = useState<Version>();
  const notify = useNotify();
  const path = `actions/actions/${segment(work.action.id ?? '')}/versions`;
  const deployed = work.action.deployed_version?.id;
  const versions = useList(usePageHere(), {
    path,
    asksForTotals: false,
    perPage: 10,
    version: deployed,
    rows: ({ versions }: Management.ListActionVersionsPaginatedResponseContent) => versions,
  });
  const rollBack = async ({ id = '', number }: Version) => {
    await manage.post(`${path}/${segment(id)}/deploy`, { update_draft: true });
    await work.refresh();
    setChosen(undefined);
    notify(`What version ${number} was is deployed again.`);
  };
  return (
    <>
      <List of={versions} empty={<p>Nothing was deployed yet.</p>} pager="if needed">
        {(found) => (
          <ul className="things">
            {found.map((version) => (
              <li key={version.id}>
                <span>
                  Version {version.number}
                  {version.id === deployed && <span className="badge good"> deployed</span>}
                  <br />
                  <span className="muted">
                    <Moment at={version.created_at} />
                  </span>
                </span>
                <span className="row">
                  <button
                    type="button"
                    className="copy"
                    aria-label={`Compare version ${version.number} with the draft`}
                    onClick={() => setCompared(version)}
                  >
                    Compare
                  </button>
                  {version.id !== deployed && (
                    <button
                      type="button"
                      className="copy"
                      aria-label={`Roll back to version ${version.number}`}
                      onClick={() => setChosen(version)}
                    >
                      Roll back
                    </button>
                  )}
                </span>
              </li>
            ))}
          </ul>
        )}
      </List>
      {compared && (
        <Dialog title={`Version ${compared.number} and the draft`} onClose={() => setCompared(undefined)}>
          <p className="muted">
            {compared.code === work.draft.code
              ? 'The code is the same.'
              : 'What the draft took away is above what it has in its place.'}
          </p>
          <Suspense fallback={<div className="diff loading">Loading…</div>}>
            <CodeDiff label="Differences" before={compared.code ?? ''} after={work.draft.code} />
          </Suspense>
          <div className="buttons">
            <button type="button" onClick={() => setCompared(undefined)}>
              Close
            </button>
          </div>
        </Dialog>
      )}
      {chosen && (
        <ConfirmDialog
          title={`Roll back to version ${chosen.number}?`}
          action="Roll back"
          onConfirm={() => rollBack(chosen)}
          onClose={() => setChosen(undefined)}
        >
          <p>
            Its code, dependencies and secrets are deployed as a new version, from the next login on, and take the place
            of the draft.
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}
