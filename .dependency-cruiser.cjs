// The walls of the house: which part may know which. ARCHITECTURE.md says why they stand where they stand;
// tests/unit/walls.test.ts proves that each of them holds.

const studio = '^electron/studio/';
/** The one place that builds the services and passes each what it needs. */
const composition = '^electron/studio/studio\\.ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'renderer-knows-only-shared',
      comment: 'Pages speak to the studio through the contract alone.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^(electron|tests|resources/.*\\.ts$)' },
    },
    {
      name: 'electron-never-knows-renderer',
      severity: 'error',
      from: { path: '^electron/' },
      to: { path: '^(renderer|tests)/' },
    },
    {
      name: 'shared-knows-nothing-of-the-house',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: '^(electron|renderer|tests|resources)/' },
    },
    {
      name: 'shared-does-no-io',
      comment: 'Shared code runs in a page as well as in the main process.',
      severity: 'error',
      from: { path: '^shared/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'pages-have-no-node',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'services-meet-only-in-studio',
      comment: 'A service declares what it needs in its own ports.ts and gets it as an argument.',
      severity: 'error',
      from: { path: `${studio}([^/]+)/` },
      to: { path: `${studio}[^/]+/`, pathNot: `${studio}$1/` },
    },
    {
      name: 'nothing-inside-studio-knows-the-composition',
      severity: 'error',
      from: { path: `${studio}[^/]+/` },
      to: { path: `${studio}[^/]+\\.ts$` },
    },
    {
      name: 'services-know-neither-door-nor-shell',
      comment: 'What starts a program of this machine is the one thing they share.',
      severity: 'error',
      from: { path: studio },
      to: { path: '^electron/', pathNot: [studio, '^electron/programs/'] },
    },
    {
      name: 'programs-are-started-in-one-place',
      comment:
        'One wrapper knows how a program can fail; the launcher, which runs before anything is built, is its own.',
      severity: 'error',
      from: { path: '^(electron|renderer|shared)/', pathNot: '^electron/(programs|launch)/' },
      to: { path: '^(node:)?child_process$|(^|node_modules/)execa(/|$)' },
    },
    {
      name: 'programs-know-nothing-of-the-house',
      severity: 'error',
      from: { path: '^electron/programs/' },
      to: { path: '^(electron|renderer|shared|tests)/', pathNot: '^electron/programs/' },
    },
    {
      name: 'the-door-knows-no-shell',
      severity: 'error',
      from: { path: '^electron/door/' },
      to: { path: '^electron/(shell|launch|main\\.ts|serve\\.ts|preload\\.ts)' },
    },
    {
      name: 'the-shell-knows-only-shared',
      severity: 'error',
      from: { path: '^electron/shell/' },
      to: { path: '^electron/', pathNot: '^electron/shell/' },
    },
    {
      name: 'only-composition-roots-build-the-studio',
      severity: 'error',
      from: { path: '^electron/', pathNot: ['^electron/(main|serve)\\.ts$', studio, '^electron/door/'] },
      to: { path: composition },
    },
    {
      name: 'fluent-ffmpeg-in-one-file',
      severity: 'error',
      from: { pathNot: '^electron/studio/audio/ffmpeg\\.ts$' },
      to: { path: '(^|node_modules/)(@types/)?fluent-ffmpeg(/|$)' },
    },
    {
      name: 'ffmpeg-binary-only-in-audio',
      severity: 'error',
      from: { path: '^(electron|renderer|shared)/', pathNot: '^electron/studio/audio/' },
      to: { path: '(^|node_modules/)@ffmpeg-installer/' },
    },
    {
      name: 'sqlite-only-in-library',
      severity: 'error',
      from: { path: '^(electron|renderer|shared)/', pathNot: '^electron/studio/library/' },
      to: { path: '(^|node_modules/)(@types/)?better-sqlite3(/|$)' },
    },
    {
      name: 'electron-only-in-the-shell',
      severity: 'error',
      from: {
        pathNot: ['^electron/(main|preload)\\.ts$', '^electron/shell/', '^tests/(unit/shell|fixtures/electron)/'],
      },
      to: { path: '(^|node_modules/)electron(/|$)', pathNot: '^electron/' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nothing uses is either wired in or taken away.',
      severity: 'error',
      from: {
        orphan: true,
        path: '^(electron|renderer|shared)/',
        pathNot: [
          '\\.d\\.ts$',
          '\\.css$',
          '(^|/)(main|preload|serve)\\.tsx?$',
          '\\.work(er|let)\\.ts$',
          '\\.(mjs|cjs)$',
        ],
      },
      to: {},
    },
    {
      name: 'only-what-the-package-names',
      comment: 'Every package that is imported is named in package.json.',
      severity: 'error',
      from: { path: '^(electron|renderer|shared)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-unresolved-imports',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '[?]|^virtual:' },
    },
  ],
  options: {
    // TypeScript 7 has no programming interface yet; swc reads the same syntax.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|release|coverage)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts'],
    },
  },
};
