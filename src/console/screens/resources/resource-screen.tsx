import type { ReactNode } from 'react';
import { manage } from '../../management/tenant-requests.ts';
import { type Loaded, useLoaded } from '../../management/use-loaded.ts';
import { Link } from '../../navigation/link.tsx';
import { navigate } from '../../navigation/location.ts';
import { DialogButton } from '../../parts/dialog-button.tsx';
import { LoadedContent } from '../../parts/loaded-content.tsx';
import { useNotify } from '../../parts/notices.tsx';
import { Screen } from '../../parts/screen.tsx';
import { isObject } from './json-object.ts';
import { loadResources } from './load-description.ts';
import { OpenById } from './open-by-id.tsx';
import { OperationDialog } from './operation-dialog.tsx';
import { OperationTable } from './operation-table.tsx';
import { ownScreenOf } from './own-screens.ts';
import { resourceAddress } from './resource-address.ts';
import { areaOf } from './resource-areas.ts';
import { ResourceList } from './resource-list.tsx';
import { idOf, titleOf } from './resource-row.ts';
import { ResourceSettings } from './resource-settings.tsx';
import {
  commandsOf,
  isParameter,
  operationOf,
  operationsBeside,
  type Place,
  pathOf,
  placeAbove,
  placeAt,
  type ResourceNode,
  sectionsOf,
  subjectOf,
} from './resource-tree.ts';
import { inSentence, nameOfNode, nameOfOperation, nameOfSection } from './resource-words.ts';
import { StateNote } from './state-note.tsx';
import { nameOfValues } from './value-names.ts';

/** A resource of the Management API, from its description alone. */
export function ResourceScreen({ segments }: { segments: readonly string[] }) {
  const resources = useLoaded('resources', loadResources);
  const root = resources.value;
  const place = root === undefined ? undefined : placeAt(root, segments);
  if (place !== undefined) return <PlaceScreen key={pathOf(subjectOf(place))} place={place} />;
  return (
    <Screen title={root === undefined ? 'Resource' : 'Screen not found'}>
      {root === undefined ? (
        <LoadedContent of={resources}>{() => null}</LoadedContent>
      ) : (
        <p>The Management API has nothing at this address. Choose a screen from the menu.</p>
      )}
    </Screen>
  );
}

function PlaceScreen({ place }: { place: Place }) {
  const subject = subjectOf(place);
  const sections = sectionsOf(subject.node);
  const current = sections.includes(place.node) ? place.node : (sections[0] ?? place.node);
  const whole = useSubject(subject);
  const title = isParameter(subject.node)
    ? (nameOfValues(subject) ??
      titleOf(whole.value) ??
      (whole.loading ? capital(nameOfNode(subject.node)) : subject.values.at(-1)) ??
      '')
    : nameOfNode(subject.node);
  const own = ownScreenOf(subject.node.path, subject.values);
  const beside = operationsBeside(subject.node);
  return (
    <Screen
      title={title}
      up={upOf(subject)}
      introduction={introductionOf(own, subject.node.path)}
      actions={<DeleteButton subject={subject} title={title} />}
    >
      <div className={sections.length > 1 ? 'resource with-sections' : 'resource'}>
        {sections.length > 1 && (
          <nav className="sections" aria-label={`Parts of ${title}`}>
            {sections.map((section) => (
              <Link
                key={section.path}
                to={resourceAddress({ node: section, values: subject.values })}
                current={section === current}
              >
                {nameOfSection(section, subject.node)}
              </Link>
            ))}
          </nav>
        )}
        <div className="section">
          <h2 className={sections.length > 1 ? '' : 'unseen'}>{nameOfSection(current, subject.node)}</h2>
          {sections.length > 0 && (
            <Section
              key={current.path}
              place={{ node: current, values: subject.values }}
              of={current === subject.node ? whole : undefined}
            />
          )}
          {beside.length > 0 && (
            <OperationTable
              label="What can be done here"
              open
              commands={beside}
              values={subject.values}
              onDone={whole.reload}
            />
          )}
        </div>
      </div>
    </Screen>
  );
}

/** Screens that users look for on another one, by its path. */
const related: Readonly<Record<string, readonly [words: string, link: string, to: string]>> = {
  '/branding': ['For the words on the pages, see', 'Prompts and texts', '/console/resources/prompts'],
  '/prompts': ['For colours and the logo, see', 'Branding', '/console/resources/branding'],
};

function introductionOf(own: string | undefined, path: string): ReactNode {
  const [words = '', link = '', to = ''] = related[path] ?? [];
  if (own !== undefined) {
    return (
      <>
        Everything that the Management API has. <Link to={own}>The usual screen</Link> shows what is needed most.
      </>
    );
  }
  if (to === '') return null;
  return (
    <>
      {words} <Link to={to}>{link}</Link>.
    </>
  );
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** The thing that a screen is about. If it cannot be read alone, it is looked for in its list. */
function useSubject(subject: Place): Loaded<unknown> {
  const { node } = subject;
  const read = operationOf(node, 'GET');
  const above = placeAbove(subject);
  const list = above === undefined ? undefined : operationOf(above.node, 'GET');
  return useLoaded(`subject ${pathOf(subject)}`, async (signal): Promise<unknown> => {
    if (read !== undefined && read.list === undefined && !hasRequired(read)) {
      return await manage.get<unknown>(pathOf(subject), {}, signal);
    }
    if (!isParameter(node) || list?.list === undefined || above === undefined || hasRequired(list)) return null;
    const answer = await manage.get<unknown>(pathOf(above), {}, signal);
    const rows = Array.isArray(answer) ? answer : isObject(answer) ? Object.values(answer).find(Array.isArray) : [];
    return rows?.find((row: unknown) => idOf(row, node) === subject.values.at(-1)) ?? null;
  });
}

function hasRequired({ query = [] }: { readonly query?: readonly { readonly required?: true }[] }): boolean {
  return query.some(({ required }) => required);
}

/** The content of a section: a list, or one thing with its form. Below it are the other operations. */
function Section({ place, of: subject }: { place: Place; of: Loaded<unknown> | undefined }) {
  const { node } = place;
  const read = operationOf(node, 'GET');
  const commands = [...node.operations.map((operation) => ({ node, operation })), ...commandsOf(node)];
  const stated = commands.find(({ operation }) => operation.limit !== undefined) ?? commands[0];
  const note = stated !== undefined && <StateNote operation={stated.operation} />;
  return (
    <>
      {read?.list === undefined && note}
      {read?.list !== undefined && <ResourceList place={place} list={read} note={note} />}
      {read !== undefined && read.list === undefined && (
        <ReadableSection place={place} {...(subject !== undefined && { of: subject })} />
      )}
      {read === undefined && subject !== undefined && isParameter(node) && (
        <ResourceSettings place={place} of={subject} />
      )}
      {node.parameter !== undefined && read?.list === undefined && (
        <OneOf node={node.parameter} values={place.values} isAlone={read === undefined} />
      )}
      {commands.length > 0 && (
        <OperationTable
          label="Operations of the Management API"
          commands={commands}
          values={place.values}
          openById={read?.list === undefined ? undefined : node.parameter}
          onDone={() => subject?.reload()}
        />
      )}
    </>
  );
}

/** Leads to one thing below a place. Below another form it has a heading. */
function OneOf({ node, values, isAlone }: { node: ResourceNode; values: readonly string[]; isAlone: boolean }) {
  if (isAlone) return <OpenById node={node} values={values} />;
  const heading = node.path === '/prompts/{}' ? 'Texts of a prompt' : `One ${inSentence(nameOfNode(node))}`;
  return (
    <section className="one-of" aria-label={heading}>
      <h3>{heading}</h3>
      <OpenById node={node} values={values} />
    </section>
  );
}

function ReadableSection({ place, of: subject }: { place: Place; of?: Loaded<unknown> }) {
  const own = useLoaded(`section ${pathOf(place)}`, async (signal) =>
    subject === undefined ? await manage.get<unknown>(pathOf(place), {}, signal) : null,
  );
  return <ResourceSettings place={place} of={subject ?? own} />;
}

function DeleteButton({ subject, title }: { subject: Place; title: string }) {
  const notify = useNotify();
  const operation = isParameter(subject.node) ? operationOf(subject.node, 'DELETE') : undefined;
  if (operation === undefined) return null;
  return (
    <DialogButton
      label={nameOfOperation(operation, subject.node)}
      look="danger"
      dialog={(close) => (
        <OperationDialog
          operation={operation}
          place={subject}
          onClose={close}
          onDone={() => {
            close();
            notify(`“${title}” is deleted.`);
            const above = placeAbove(subject);
            if (above !== undefined) navigate(resourceAddress(above), { ask: false });
            return true;
          }}
        />
      )}
    />
  );
}

function upOf(subject: Place): { label: string; path: string } {
  const above = placeAbove(subject);
  if (above === undefined) {
    const area = areaOf(subject.node.segment);
    return { label: area.label, path: `/console/areas/${area.name}` };
  }
  const list = nearestList(above);
  return { label: nameOfNode(list.node), path: resourceAddress(list) };
}

/** A list has a screen of its own; a part of a path between two things has none. */
function nearestList(place: Place): Place {
  const isPlace = (node: ResourceNode) => node.operations.length > 0 || node.parameter !== undefined;
  const above = placeAbove(place);
  return isPlace(place.node) || above === undefined ? place : nearestList(above);
}
