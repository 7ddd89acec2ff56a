import type { Management } from 'auth0';
import { lazy, Suspense, useState } from 'react';
import { manage, segment } from '../../management/tenant-requests.ts';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { List } from '../../parts/list.tsx';
import { usePageInComponent } from '../../parts/list-page.ts';
import { Moment } from '../../parts/moment.tsx';
import { useNotify } from '../../parts/notices.tsx';
import { useList } from '../../parts/use-list.ts';
import type { EditedAction } from './use-action.ts';

const CodeDiff = lazy(() => import('../../editor/code-diff.tsx').then((loaded) => ({ default: loaded.CodeDiff })));

type Version = Management.ActionVersion;

/** The deployed versions, latest first. The user can compare each with the draft or roll back to it. */
export function Versions({ work }: { work: EditedAction }) {
  const [compared, setCompared] = useState<Version>();
  const [selected, setSelected] = useState<Version>();
  const notify = useNotify();
  const path = `actions/actions/${segment(work.action.id ?? '')}/versions`;
  const deployed = work.action.deployed_version?.id;
  const versions = useList(usePageInComponent(), {
    path,
    includeTotals: false,
    perPage: 10,
    version: deployed,
    rows: ({ versions }: Management.ListActionVersionsPaginatedResponseContent) => versions,
  });
  const rollBack = async ({ id = '', number }: Version) => {
    await manage.post(`${path}/${segment(id)}/deploy`, { update_draft: true });
    await work.refresh();
    setSelected(undefined);
    notify(`Version ${number} is deployed again.`);
  };
  return (
    <>
      <List of={versions} empty={<p>No version was deployed yet.</p>} pager="if needed">
        {(found) => (
          <ul className="things">
            {found.map((version) => (
              <li key={version.id}>
                <span>
                  Version {version.number}
                  {version.id === deployed && <span className="badge good"> deployed</span>}
                  {sameAs(version, found) !== undefined && (
                    <span className="muted"> as version {sameAs(version, found)}</span>
                  )}
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
                      onClick={() => setSelected(version)}
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
              : 'Lines that the draft deleted are above the lines that replace them.'}
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
      {selected && (
        <ConfirmDialog
          title={`Roll back to version ${selected.number}?`}
          action="Roll back"
          onConfirm={() => rollBack(selected)}
          onClose={() => setSelected(undefined)}
        >
          <p>Its code, dependencies and secrets are deployed as a new version and replace the draft.</p>
        </ConfirmDialog>
      )}
    </>
  );
}

/** The number of the latest earlier version with the same content: a roll back deploys it as a new version. */
function sameAs(version: Version, versions: readonly Version[]): number | undefined {
  const [before, ...others] = versions.filter(({ number = 0 }) => number < (version.number ?? 0));
  if (before === undefined || contentOf(before) === contentOf(version)) return undefined;
  return others.find((other) => contentOf(other) === contentOf(version))?.number;
}

function contentOf({ code, dependencies = [], secrets = [] }: Version): string {
  return JSON.stringify([
    code,
    dependencies.map(({ name, version }) => [name, version]),
    secrets.map(({ name, updated_at }) => [name, updated_at]),
  ]);
}
