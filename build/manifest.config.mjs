export default {
  globs: ['src/mentorship-module.ts', 'src/events.ts', 'src/define.ts'],
  litelement: true,
  quiet: true,
  // It would write the path of a temporary folder.
  packagejson: false,
};
