import { useState } from 'react';
import { manage, readDocument } from '../../management/tenant-requests.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { TextField } from '../../parts/field.tsx';
import { LoadedContent } from '../../parts/loaded-content.tsx';
import { SaveForm } from '../../parts/save-form.tsx';
import { useFields } from '../../parts/use-fields.ts';
import { JsonField } from './json-field.tsx';
import { isObject, type JsonObject } from './json-object.ts';
import { LivePreview } from './live-preview.tsx';
import { type Place, pathOf } from './resource-tree.ts';
import { inWords } from './resource-words.ts';

/** A screen of a prompt with the texts that its page looks up, as the tenant reports them. */
interface ScreenTexts {
  readonly screen: string;
  readonly texts: readonly { readonly key: string; readonly builtIn: string; readonly isProblem: boolean }[];
}

/** The path of the texts of a prompt in a language. */
export const PROMPT_TEXTS = '/prompts/{}/custom-text/{}';

/** The texts of a prompt in a language: a field for each text that the tenant's pages show, beside the page itself. */
export function PromptTexts(props: { place: Place; value: JsonObject; onChange: () => void }) {
  const { place } = props;
  const [prompt = ''] = place.values;
  const screens = useLoaded(`texts ${prompt}`, (signal) =>
    readDocument<readonly ScreenTexts[]>('screen-texts', { prompt }, signal),
  );
  return <LoadedContent of={screens}>{(known) => <TextsForm {...props} screens={known} />}</LoadedContent>;
}

function TextsForm(props: { place: Place; value: JsonObject; screens: readonly ScreenTexts[]; onChange: () => void }) {
  const { place, value, screens, onChange } = props;
  const path = pathOf(place);
  const fields = useFields<{ whole: JsonObject }>({ whole: value });
  const { whole } = fields.values;
  const [current, setCurrent] = useState('');
  const visible = screens.filter(({ texts }) => texts.length > 0);
  const unknown = unknownKeys(whole, screens);
  const json = (
    <JsonField
      label="All texts as JSON"
      name=""
      value={whole}
      // Texts that are typed over are not removed meanwhile.
      onChange={(next) => isObject(next) && fields.change({ whole: next })}
    />
  );
  const form = (
    <SaveForm
      fields={fields}
      action="Save changes"
      save={() => manage.send('PUT', path, { body: whole })}
      doneMessage="It is saved."
      onSaved={onChange}
    >
      {visible.length === 0 && (
        <p className="muted">
          No page of this tenant has texts of this prompt. They are stored, without an effect here.
        </p>
      )}
      {unknown.length > 0 && visible.length > 0 && (
        <p role="status">
          Stored, without an effect here, since no page of this tenant has such a text: {unknown.join(', ')}.
        </p>
      )}
      {visible.map(({ screen, texts }) => (
        <section
          key={screen}
          className="setting-group"
          aria-label={inWords(screen)}
          onFocus={() => screen !== current && setCurrent(screen)}
        >
          <h3>
            {inWords(screen)} <code className="muted">{screen}</code>
          </h3>
          <div className="fields">
            <TextFields texts={texts.filter(({ isProblem }) => !isProblem)} screen={screen} fields={fields} />
            {texts.some(({ isProblem }) => isProblem) && (
              <details className="fold">
                <summary>
                  Messages about mistakes <span className="muted">{countOfProblems(texts, whole[screen])}</span>
                </summary>
                <div className="fields">
                  <TextFields texts={texts.filter(({ isProblem }) => isProblem)} screen={screen} fields={fields} />
                </div>
              </details>
            )}
          </div>
        </section>
      ))}
      {visible.length === 0 ? (
        json
      ) : (
        <details className="fold">
          <summary>JSON</summary>
          {json}
        </details>
      )}
    </SaveForm>
  );
  if (visible.length === 0) return form;
  return (
    <div className="with-preview">
      <div>{form}</div>
      <LivePreview path={path} value={whole} current={current} />
    </div>
  );
}

function TextFields(props: {
  texts: ScreenTexts['texts'];
  screen: string;
  fields: {
    readonly values: { readonly whole: JsonObject };
    readonly change: (part: { whole: JsonObject }) => void;
  };
}) {
  const { texts, screen, fields } = props;
  const { whole } = fields.values;
  return texts.map(({ key, builtIn }) => (
    <TextField
      key={key}
      label={inWords(key)}
      value={textAt(whole[screen], key)}
      placeholder={builtIn}
      onChange={(entered) => fields.change({ whole: withText(whole, screen, key, entered) })}
    />
  ));
}

function textAt(texts: unknown, key: string): string {
  const text = isObject(texts) ? texts[key] : undefined;
  return typeof text === 'string' ? text : '';
}

/** An empty text is none: the page has its own then. */
function withText(whole: JsonObject, screen: string, key: string, text: string): JsonObject {
  const { [screen]: before, ...others } = whole;
  const { [key]: _, ...rest } = isObject(before) ? before : {};
  const texts = text === '' ? rest : { ...(isObject(before) ? before : {}), [key]: text };
  return Object.keys(texts).length === 0 ? others : { ...whole, [screen]: texts };
}

function countOfProblems(texts: ScreenTexts['texts'], own: unknown): string {
  const changed = texts.filter(({ key, isProblem }) => isProblem && textAt(own, key) !== '').length;
  return changed === 0 ? 'none changed' : `${changed} changed`;
}

/** The keys that no page of the tenant looks up: `login › titel`. */
function unknownKeys(whole: JsonObject, screens: readonly ScreenTexts[]): readonly string[] {
  return Object.entries(whole).flatMap(([name, texts]) => {
    const known = screens.find(({ screen }) => screen === name);
    if (known === undefined || !isObject(texts)) return [name];
    const keys = new Set(known.texts.map(({ key }) => key));
    return Object.keys(texts)
      .filter((key) => !keys.has(key))
      .map((key) => `${name} › ${key}`);
  });
}
