import icons from '@wikimedia/codex-icons/dist/codex-icons.json' with { type: 'json' };

type IconName = keyof typeof icons;

/**
 * Icons of Codex that the element shows, by the name of their constant. None of them has letters, and none is mirrored.
 * The dialogs have a module of their own, because a bundler puts a module into one file.
 */
const ICONS = {
  card: {
    avatar: 'cdxIconUserAvatar',
    check: 'cdxIconCheck',
    clock: 'cdxIconClock',
    ellipsis: 'cdxIconEllipsis',
    heart: 'cdxIconHeart',
  },
  dialog: {
    bell: 'cdxIconBell',
    cross: 'cdxIconClose',
    error: 'cdxIconError',
    message: 'cdxIconMessage',
  },
} as const satisfies Record<string, Record<string, IconName>>;

/** Returns a module with the templates of the icons, because Lit renders no markup from a string. */
export function iconModule(place: keyof typeof ICONS): string {
  const lines = Object.entries(ICONS[place]).map(
    ([name, id]) => `export const ${name} = icon('${pathsOf(id)}');\n`,
  );
  return [
    '// Generated from @wikimedia/codex-icons by build/icon-paths.ts. Do not edit.\n',
    "import { icon } from '../styles/icons.js';\n\n",
    ...lines,
  ].join('');
}

/** Joins the paths of an icon. @throws {Error} for an icon with letters or a direction, or with other shapes than paths */
function pathsOf(id: IconName): string {
  const icon = icons[id];
  const paths = typeof icon === 'string' ? [...icon.matchAll(/<path d="([^"]+)"\/>/g)] : [];
  if (typeof icon !== 'string' || !paths.length || icon !== paths.map(([path]) => path).join(''))
    throw new Error(
      `The icon ${id} is not the same in all languages, or has more than paths. Choose another one.`,
    );
  return paths.map(([, data]) => data).join('');
}
