import type { Management } from 'auth0';
import { manage, segment } from '../../management/management-api.ts';
import { messageOf } from '../../management/management-error.ts';
import { TextArea } from '../../parts/field.tsx';
import { SaveForm } from '../../parts/save-form.tsx';
import { useFields } from '../../parts/use-fields.ts';

type Metadata = Readonly<Record<string, unknown>>;

/** The two kinds of metadata, as JSON. */
export function UserMetadataForm(props: { user: Management.GetUserResponseContent; onChange: () => void }) {
  const { user, onChange } = props;
  const fields = useFields({ own: shown(user.user_metadata), application: shown(user.app_metadata) });
  const { values, before, field } = fields;
  const save = async () =>
    manage.patch(`users/${segment(user.user_id ?? '')}`, {
      user_metadata: changes('user_metadata', before.own, values.own),
      app_metadata: changes('app_metadata', before.application, values.application),
    } satisfies Management.UpdateUserRequestContent);
  return (
    <>
      <h2>Metadata</h2>
      <SaveForm fields={fields} action="Save metadata" save={save} said="The metadata is saved." onSaved={onChange}>
        <TextArea label="user_metadata" hint="What users may change themselves" code {...field('own')} />
        <TextArea
          label="app_metadata"
          hint="What applications and Actions keep of them"
          code
          {...field('application')}
        />
      </SaveForm>
    </>
  );
}

function shown(metadata: Metadata | undefined): string {
  return JSON.stringify(metadata ?? {}, null, 2);
}

/** The API merges: a member that was taken out here has to be told as `null`. */
function changes(name: string, before: string, after: string): Metadata {
  const metadata = parsed(name, after);
  const gone = Object.keys(parsed(name, before)).filter((member) => !Object.hasOwn(metadata, member));
  return { ...metadata, ...Object.fromEntries(gone.map((member) => [member, null])) };
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
