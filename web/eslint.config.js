import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

// lib <- api, promql, charts, components, state <- features <- frame, App. What two features need moves down.
const above = {
  lib: ['api', 'promql', 'charts', 'components', 'state', 'features', 'frame'],
  api: ['promql', 'charts', 'components', 'state', 'features', 'frame'],
  charts: ['api', 'promql', 'features', 'frame'],
  components: ['api', 'promql', 'charts', 'features', 'frame'],
  state: ['promql', 'charts', 'components', 'features', 'frame'],
  promql: ['charts', 'features', 'frame'],
  features: ['frame'],
};

const folderRules = Object.entries(above).map(([folder, forbidden]) => ({
  files: [`src/${folder}/**/*.{ts,tsx}`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^(\\.\\./)+(${forbidden.join('|')})(/|$)`,
            message: `${folder} stands below what it imports: move the shared part down.`,
          },
          { regex: '^(\\.\\./)+(App|routes|main)$', message: 'Only main.tsx and App.tsx know these.' },
        ],
      },
    ],
  },
}));

// A file of features/x/ reaches another feature only by leaving its own folder: ../y, ../../y from a sub-folder.
const features = ['home', 'alerts', 'dashboards', 'explore', 'targets', 'system', 'signIn', 'notFound'];
const featureRules = features.map((feature) => ({
  files: [`src/features/${feature}/**/*.{ts,tsx}`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          { regex: '^(\\.\\./)+(frame|App|routes|main)(/|$)', message: 'The frame draws pages, not the other way round.' },
          {
            regex: `^(\\.\\./)+(features/)?(${features.filter((other) => other !== feature).join('|')})(/|$)`,
            message: 'A feature never imports another: move what both need down.',
          },
        ],
      },
    ],
  },
}));

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/'] },
  ...tseslint.configs.strict,
  hooks.configs.flat['recommended-latest'],
  {
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } }],
      'no-console': 'error',
      'max-lines': ['error', { max: 600 }],
      curly: 'error',
      eqeqeq: 'error',
    },
  },
  ...folderRules,
  ...featureRules,
  { files: ['*.config.{js,ts}'], rules: { 'no-restricted-exports': 'off' } },
);
