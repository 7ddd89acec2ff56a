import type { Management } from 'auth0';
import { useState } from 'react';
import { manage, segment } from '../../management/management-api.ts';
import { useTask } from '../../management/use-task.ts';
import { TextArea } from '../../parts/field.tsx';
import { useNotify } from '../../parts/notices.tsx';
import { Problem } from '../../parts/problem.tsx';

type Metadata = Readonly<Record<string, unknown>>;

/** The two kinds of metadata, as JSON. */
export function UserMetadataForm(props: { user: Management.GetUserResponseContent; onChange: () => void }) {
  const { user, onChange } = props;
  const notify = useNotify();
  const [own, setOwn] = useState(() => shown(user.user_metadata));
  const [application, setApplication] = useState(() => shown(user.app_metadata));
  const save = useTask(async () => {
    await manage.patch(`users/${segment(user.user_id ?? '')}`, {
      user_metadata: changes('user_metadata', user.user_metadata, own),
      app_metadata: changes('app_metadata', user.app_metadata, application),
    } satisfies Management.UpdateUserRequestContent);
    notify('The metadata is saved.');
    onChange();
  });
  return (
    <>
      <h2>Metadata</h2>
      <form
        className="fields"
        onSubmit={(event) => {
          event.preventDefault();
          void save.run();
        }}
      >
        <TextArea label="user_metadata" hint="What users may change themselves" code value={own} onChange={setOwn} />
        <TextArea
          label="app_metadata"
          hint="What applications and Actions keep of them"
          code
          value={application}
          onChange={setApplication}
        />
        <Problem error={save.error} />
        <div className="row">
          <button type="submit" className="primary" disabled={save.busy}>
            Save metadata
          </button>
        </div>
      </form>
    </>
  );
}

function shown(metadata: Metadata | undefined): string {
  return JSON.stringify(metadata ?? {}, null, 2);
}

/** The API merges: a member that was taken out here has to be told as `null`. */
function changes(name: string, before: Metadata | undefined, text: string): Record<string, unknown> {
  const after: unknown = parsed(name, text);
  if (typeof after !== 'object' || after === null || Array.isArray(after)) {
    throw new Error(`${name} has to be a JSON object, such as {"plan": "gold"}.`);
  }
  const gone = Object.keys(before ?? {}).filter((member) => !Object.hasOwn(after, member));
  return { ...after, ...Object.fromEntries(gone.map((member) => [member, null])) };
}

function parsed(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${name} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
