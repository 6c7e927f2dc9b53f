/** The pages of a program without GrowthExperiments; mediawiki-settings.ts reads them. */
export const SETTINGS_PAGE = 'MediaWiki:Mentorship.json';
export const MENTORS_PAGE = 'Project:Mentors.json';
