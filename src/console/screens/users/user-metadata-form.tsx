import type { Management } from 'auth0';
import { manage, segment } from '../../management/management-api.ts';
import { TextArea } from '../../parts/field.tsx';
import { SaveForm } from '../../parts/save-form.tsx';
import { useFields } from '../../parts/use-fields.ts';

type Metadata = Readonly<Record<string, unknown>>;

/** The two kinds of metadata, as JSON. */
export function UserMetadataForm(props: { user: Management.GetUserResponseContent; onChange: () => void }) {
  const { user, onChange } = props;
  const { values, field } = useFields({ own: shown(user.user_metadata), application: shown(user.app_metadata) });
  const save = async () =>
    manage.patch(`users/${segment(user.user_id ?? '')}`, {
      user_metadata: changes('user_metadata', user.user_metadata, values.own),
      app_metadata: changes('app_metadata', user.app_metadata, values.application),
    } satisfies Management.UpdateUserRequestContent);
  return (
    <>
      <h2>Metadata</h2>
      <SaveForm action="Save metadata" save={save} said="The metadata is saved." onSaved={onChange}>
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
