import { useEffect, useRef, useState } from 'react';
import { type DraftPreview, previewDraft } from '../../management/tenant-requests.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { Facts } from '../../parts/facts.tsx';
import { Select } from '../../parts/field.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';
import { inWords } from './resource-words.ts';

/** Places whose values users see: on the pages of Universal Login, or in a mail. */
const places =
  /^(?:branding(?:\/templates\/universal-login|\/themes(?:\/[^/]+)?)?|prompts\/[^/]+\/(?:custom-text\/[^/]+|partials)|email-templates(?:\/[^/]+)?)$/;

/**
 * Whether a place has a preview.
 *
 * @param path with the values of its parameters, encoded
 * @example
 * hasPreview('branding/themes/x1') // true
 */
export const hasPreview = (path: string): boolean => places.test(path);

/** The tenant is asked when the user pauses. */
const PAUSE_MS = 250;

/** A page or a mail with the values of a form, as the tenant itself renders it. Nothing is saved. */
export function LivePreview(props: {
  path: string;
  value: unknown;
  /** The screen of the form's current field; the user may choose another one. */
  current?: string;
}) {
  const { path, value, current = '' } = props;
  const [choice, setChoice] = useState({ screen: current, current });
  if (choice.current !== current) setChoice({ screen: current, current });
  const { screen } = choice;
  const setScreen = (next: string) => setChoice({ screen: next, current });
  const draft = useSettled(JSON.stringify(value ?? {}));
  const loaded = useLoaded(`preview ${path} ${screen} ${draft}`, () =>
    previewDraft({ path, value: JSON.parse(draft), ...(screen !== '' && { screen }) }),
  );
  const [latest, setLatest] = useState<DraftPreview | null>();
  // The page before stays until the next one is there.
  if (loaded.value !== undefined && loaded.value !== latest) setLatest(loaded.value);
  const { screens = [], subject, from, error } = latest ?? {};
  return (
    <section className="preview" aria-label="Preview">
      <h3>Preview</h3>
      {screens.length > 1 && (
        <Select
          label="Screen"
          value={screen === '' ? (latest?.screen ?? '') : screen}
          onChange={setScreen}
          options={screens.map((one) => ({ value: one, label: inWords(one) }))}
        />
      )}
      {subject !== undefined && (
        <Facts
          facts={[
            ['Subject', subject === '' ? 'The mail’s own' : subject],
            ['From', from === '' ? 'The tenant' : from],
          ]}
        />
      )}
      <ProblemNotice error={loaded.error} />
      {error !== undefined && <p role="alert">The template cannot be rendered: {error}</p>}
      {latest === null && <p className="muted">No page of this tenant shows it.</p>}
      <PreviewFrame path={error === undefined ? latest?.path : undefined} />
      <p className="muted hint">
        With the values of the form, before they are saved, and sample values of this tenant. Forms and links do nothing
        here.
      </p>
    </section>
  );
}

/** A value that has not changed for a moment. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/** Nothing runs in the frame. A link in it leads to no other page: the frame then shows the preview again. */
function PreviewFrame({ path }: { path: string | undefined }) {
  const [turn, setTurn] = useState(0);
  const loads = useRef({ path, count: 0 });
  if (path === undefined) return <div className="preview-frame" />;
  const onLoad = () => {
    if (loads.current.path !== path) loads.current = { path, count: 0 };
    loads.current.count += 1;
    if (loads.current.count === 1) return;
    loads.current.count = 0;
    setTurn((before) => before + 1);
  };
  return <iframe key={turn} className="preview-frame" title="Preview" sandbox="" src={path} onLoad={onLoad} />;
}
