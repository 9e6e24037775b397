import js from '@eslint/js';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/**
 * The lint of everything that does not ship: tests, stand-in, scripts, benchmarks (*.mts) and the plain JavaScript around
 * them. What ships (*.ts) is linted by eslint.config.mjs, n8n's own configuration.
 */
export default tseslint.config(
	{ ignores: ['dist/', 'coverage/', '.cache/', '**/*.ts'] },
	{ linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
	js.configs.recommended,
	{
		files: ['**/*.mts'],
		extends: [tseslint.configs.strictTypeChecked],
		languageOptions: {
			parserOptions: { project: './tsconfig.dev.json', tsconfigRootDir: import.meta.dirname },
		},
		rules: {
			'@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
			'@typescript-eslint/consistent-type-imports': 'error',
			'@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
			'@typescript-eslint/restrict-template-expressions': [
				'error',
				{ allowNumber: true, allowBoolean: true },
			],
		},
	},
	{
		// Jest's matchers (expect.stringMatching …) are typed as any; they stand inside expected objects.
		files: ['test/**/*.test.mts'],
		rules: { '@typescript-eslint/no-unsafe-assignment': 'off' },
	},
	{
		files: ['**/*.mjs'],
		languageOptions: { globals: globals.node },
	},
	{
		files: ['**/*.js'],
		languageOptions: { sourceType: 'commonjs', globals: globals.node },
	},
	{ rules: { eqeqeq: 'error', 'no-var': 'error', 'prefer-const': 'error' } },
);
