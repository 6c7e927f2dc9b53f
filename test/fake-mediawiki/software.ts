import access from './access.json' with { type: 'json' };
import core139 from './core-1.39.json' with { type: 'json' };
import options from './options.json' with { type: 'json' };
import site from './site.json' with { type: 'json' };

/** Value of a preference in the API and in mw.user.options. */
export type OptionValue = string | number | boolean | null;

type ByName<T> = Readonly<Record<string, T>>;

/** Properties of the software that affect responses. */
export interface Software {
  readonly version: '1.43' | '1.39';
  /** With GrowthExperiments, or without extensions. */
  readonly extensions: 'growth' | 'none';
  readonly settingsPage: string;
  readonly mentorsPage: string;
  /** Parameters and modules that exist on other wikis only. */
  readonly lacks: readonly string[];
  readonly general: ByName<unknown>;
  readonly extensionList: readonly unknown[];
  readonly rights: ByName<readonly string[]>;
  readonly rateLimits: ByName<ByName<unknown>>;
  readonly changeableGroups: readonly string[];
  readonly options: {
    readonly defaults: ByName<OptionValue>;
    readonly named: ByName<OptionValue>;
    readonly recent: ByName<OptionValue>;
    readonly newAccount: ByName<string>;
  };
}

const growth: Software = {
  version: '1.43',
  extensions: 'growth',
  settingsPage: 'MediaWiki:GrowthExperimentsMentorship.json',
  mentorsPage: 'MediaWiki:GrowthMentors.json',
  lacks: [],
  general: site.general,
  extensionList: site.extensions,
  rights: access.rights,
  rateLimits: access.rateLimits,
  changeableGroups: access.changeableBy.userrights,
  options,
};

const corePages = {
  extensions: 'none',
  settingsPage: 'MediaWiki:Mentorship.json',
  mentorsPage: 'Growth Test Wiki:Mentors.json',
  extensionList: site.extensions.filter(({ type }) => type === 'skin'),
} as const;

const ofExtensions = {
  general: /^(linter|citeresponsivereferences|pageviewservice-supported-metrics|mobileserver)$/,
  options:
    /^(growthexperiments|homepage_mobile|echo|discussiontools|visualeditor|eventlogging|wikieditor|popups|mf_)|^(mobile-editor|usebetatoolbar)$/,
  rights: /^(echo-read-notifications|setmentor|managementors)$/,
  rateLimits: /^(growth|thanks)/,
  groups: /^push-subscription-manager$/,
} as const;

function without<T>(all: ByName<T>, pattern: RegExp): ByName<T> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => !pattern.test(name)));
}

// There are no recordings of 1.43 without extensions, so this removes the extensions from the recorded one.
const core143: Software = {
  ...corePages,
  version: '1.43',
  lacks: [],
  general: without<unknown>(site.general, ofExtensions.general),
  rights: Object.fromEntries(
    Object.entries(access.rights).map(([group, rights]) => [
      group,
      rights.filter((right) => !ofExtensions.rights.test(right)),
    ]),
  ),
  rateLimits: without<ByName<unknown>>(access.rateLimits, ofExtensions.rateLimits),
  changeableGroups: access.changeableBy.userrights.filter((group) => !ofExtensions.groups.test(group)),
  options: {
    defaults: without<OptionValue>(options.defaults, ofExtensions.options),
    named: {},
    recent: {},
    newAccount: {},
  },
};

const core139Software: Software = {
  ...corePages,
  version: '1.39',
  lacks: ['autocreatetempuser', 'cancreateaccount'],
  general: { ...core143.general, ...core139.general },
  rights: core139.rights,
  rateLimits: core139.rateLimits,
  changeableGroups: core139.changeableBy.userrights,
  options: { defaults: core139.defaults, named: {}, recent: {}, newAccount: {} },
};

/** All kinds of fake wikis. */
export const softwares = {
  'growth-1.43': growth,
  'core-1.43': core143,
  'core-1.39': core139Software,
} as const satisfies Record<string, Software>;

/** Name of a kind of fake wiki. */
export type SoftwareName = keyof typeof softwares;
