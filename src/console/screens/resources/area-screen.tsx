import { useLoaded } from '../../management/use-loaded.ts';
import { Link } from '../../navigation/link.tsx';
import { LoadedContent } from '../../parts/loaded-content.tsx';
import { Screen } from '../../parts/screen.tsx';
import { familyNotes } from './family-notes.ts';
import { loadResources } from './load-description.ts';
import { ownScreenOf } from './own-screens.ts';
import { resourceAddress } from './resource-address.ts';
import { type Area, areaOf, areas } from './resource-areas.ts';
import { type ResourceNode, sectionsOf } from './resource-tree.ts';
import { nameOfNode, nameOfSection } from './resource-words.ts';
import { StateBadge } from './state-note.tsx';

/** More parts than these are counted. */
const MOST = 6;

/** All resources of an area of the Management API. */
export function AreaScreen({ name }: { name: string }) {
  const area = areas.find((one) => one.name === name);
  const resources = useLoaded('resources', loadResources);
  if (area === undefined) {
    return (
      <Screen title="Screen not found">
        <p>Choose a screen from the menu.</p>
      </Screen>
    );
  }
  return (
    <Screen
      title={`${area.label}: everything`}
      introduction="All that the Management API has here. “Only stored” is shown as on Auth0, without an effect in this tenant."
    >
      <LoadedContent of={resources}>
        {(root) => (
          <ul className="families">
            {familiesOf(root, area).map((family) => (
              <FamilyCard key={family.path} family={family} />
            ))}
          </ul>
        )}
      </LoadedContent>
    </Screen>
  );
}

function familiesOf(root: ResourceNode, area: Area): readonly ResourceNode[] {
  const order = ({ segment }: ResourceNode) => {
    const position = area.families.indexOf(segment);
    return position === -1 ? area.families.length : position;
  };
  return root.literals
    .filter(({ segment }) => areaOf(segment) === area)
    .sort((one, other) => order(one) - order(other));
}

function FamilyCard({ family }: { family: ResourceNode }) {
  const own = ownScreenOf(family.path, []);
  const sections = sectionsOf(family).filter((section) => section !== family);
  const visible = sections.slice(0, MOST);
  const state = stateOf(family);
  const note = familyNotes[family.segment];
  return (
    <li className="family">
      <h2>
        <Link to={resourceAddress({ node: family, values: [] })}>{nameOfNode(family)}</Link>
        <StateBadge state={state} />
      </h2>
      {note !== undefined && <p>{note}</p>}
      {visible.length > 0 && (
        <ul>
          {visible.map((section) => (
            <li key={section.path}>
              <Link to={resourceAddress({ node: section, values: [] })}>{nameOfSection(section, family)}</Link>
            </li>
          ))}
          {sections.length > MOST && <li className="muted">and {sections.length - MOST} more</li>}
        </ul>
      )}
      {own !== undefined && (
        <p>
          <Link to={own}>The usual screen</Link>
        </p>
      )}
    </li>
  );
}

/** Effective if any operation of the family is. */
function stateOf(node: ResourceNode): 'effective' | 'kept' | 'absent' {
  const below = [...node.literals, ...(node.parameter === undefined ? [] : [node.parameter])].map(stateOf);
  const states = [...node.operations.map(({ state }) => state), ...below];
  if (states.includes('effective')) return 'effective';
  return states.includes('kept') ? 'kept' : 'absent';
}
