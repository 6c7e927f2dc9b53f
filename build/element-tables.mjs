// Renders the element's attributes, properties and events as Markdown tables, from custom-elements.json.

const cell = (text = '') => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const code = (text) => (text ? `\`${text}\`` : '');

/** Returns a Markdown table. */
export const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

/** Returns the kinds of things that a host can use, each with its title and its table. */
export function elementTables({ modules }) {
  const element = modules.flatMap((module) => module.declarations).find(({ tagName }) => tagName);
  const methods = element.members.filter(({ kind }) => kind === 'method');
  const properties = element.members.filter(({ kind, attribute }) => kind === 'field' && !attribute);
  const signature = ({ name, parameters = [] }) =>
    `${name}(${parameters.map((each) => each.name + (each.optional || each.default ? '?' : '')).join(', ')})`;
  const described = (items) => items.map((item) => [code(item.name), item.description]);
  return [
    [
      'Attribute',
      element.attributes.map(({ name, type, description }) => [code(name), code(type?.text), description]),
    ],
    [
      'Property',
      properties.map((item) => [
        code((item.static ? 'static ' : '') + item.name),
        code(item.type?.text),
        item.description,
      ]),
    ],
    [
      'Method',
      methods.map((item) => [
        code((item.static ? 'static ' : '') + signature(item)),
        code(item.return?.type?.text),
        item.description,
      ]),
    ],
    [
      'Event',
      element.events.map(({ name, type, description }) => [code(name), code(type?.text), description]),
    ],
    ['Slot', described(element.slots.map((slot) => ({ ...slot, name: slot.name || '(default)' })))],
    ['Part', described(element.cssParts)],
    ['State', described(element.cssStates ?? [])],
    ['Custom property', described(element.cssProperties)],
  ].map(([title, rows]) => ({
    title,
    table: table([title, ...(rows[0]?.length === 3 ? ['Type'] : []), 'Description'], rows),
  }));
}
