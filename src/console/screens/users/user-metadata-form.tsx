import type { Management } from 'auth0';
import { messageOf } from '../../management/management-error.ts';
import { manage, segment } from '../../management/tenant-requests.ts';
import { TextArea } from '../../parts/field.tsx';
import { SaveForm } from '../../parts/save-form.tsx';
import { useFields } from '../../parts/use-fields.ts';

type Metadata = Readonly<Record<string, unknown>>;

/** The two kinds of metadata, as JSON. Sends only the changed members. */
export function UserMetadataForm(props: { user: Management.GetUserResponseContent; onChange: () => void }) {
  const { user, onChange } = props;
  const fields = useFields({ own: formatJson(user.user_metadata), application: formatJson(user.app_metadata) });
  const { values, before, field } = fields;
  const save = async () => {
    const user_metadata = changes('user_metadata', before.own, values.own);
    const app_metadata = changes('app_metadata', before.application, values.application);
    // An empty object would remove all metadata.
    const body: Management.UpdateUserRequestContent = {
      ...(Object.keys(user_metadata).length > 0 && { user_metadata }),
      ...(Object.keys(app_metadata).length > 0 && { app_metadata }),
    };
    if (Object.keys(body).length > 0) await manage.patch(`users/${segment(user.user_id ?? '')}`, body);
  };
  return (
    <>
      <h2>Metadata</h2>
      <SaveForm
        fields={fields}
        action="Save metadata"
        save={save}
        doneMessage="The metadata is saved."
        onSaved={onChange}
      >
        <TextArea label="user_metadata" hint="Users can change it themselves" code {...field('own')} />
        <TextArea
          label="app_metadata"
          hint="Only applications and Actions can change it"
          code
          {...field('application')}
        />
      </SaveForm>
    </>
  );
}

function formatJson(metadata: Metadata | undefined): string {
  return JSON.stringify(metadata ?? {}, null, 2);
}

/** The changes to send. The API merges members, so a removed one is sent as `null`. */
function changes(name: string, before: string, after: string): Metadata {
  const [old, metadata] = [parsed(name, before), parsed(name, after)];
  const changed = Object.entries(metadata).filter(
    ([member, value]) => !Object.hasOwn(old, member) || JSON.stringify(old[member]) !== JSON.stringify(value),
  );
  const removed = Object.keys(old).filter((member) => !Object.hasOwn(metadata, member));
  return Object.fromEntries([...changed, ...removed.map((member) => [member, null])]);
}

function parsed(name: string, text: string): Metadata {
  const value = parsedJson(name, text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Metadata;
  throw new Error(`${name} has to be a JSON object, such as {"plan": "gold"}.`);
}

function parsedJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${name} is not JSON: ${messageOf(error)}`);
  }
}
