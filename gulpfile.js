const { spawn } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { build } = require('esbuild');
const { dest, parallel, series, src } = require('gulp');
const { n8n } = require('./package.json');

/** Everything beside the code that n8n loads: the icons and the codex files. */
const ASSETS = ['nodes/**/*.{svg,png}', 'nodes/**/*.node.json', 'credentials/**/*.{svg,png}'];

/** Of two packages with a command "tsc": the one that n8n's lint needs is the older. */
const TSC = 'node_modules/typescript-native/bin/tsc';

/** Where the compiled modules stand before they are joined. */
const COMPILED = '.cache/build';

/** Removes what an earlier build left, so that a deleted source file leaves no trace in the package. */
async function clean() {
	await Promise.all(
		[COMPILED, 'dist'].map((folder) => rm(folder, { recursive: true, force: true })),
	);
}

/** Compiles nodes/ and credentials/ by TypeScript's native compiler; an error in the types fails the build. */
function compile() {
	const options = ['--project', 'tsconfig.build.json', '--outDir', COMPILED];
	return spawn(process.execPath, [TSC, ...options], { stdio: 'inherit' });
}

/**
 * Joins the modules of each node and credential type that package.json names into the one file that n8n loads. A hundred
 * small, indented files would make the package a third larger; names stay, so stack traces can be read. What n8n provides
 * (n8n-workflow, luxon, lodash) stays outside.
 */
function join() {
	return build({
		entryPoints: [...n8n.nodes, ...n8n.credentials].map((file) => file.replace(/^dist/, COMPILED)),
		outdir: 'dist',
		outbase: COMPILED,
		bundle: true,
		packages: 'external',
		platform: 'node',
		format: 'cjs',
		target: 'node20',
		charset: 'utf8',
		minifySyntax: true,
		minifyWhitespace: true,
		logLevel: 'warning',
	});
}

/** Copies the icons and the codex files to the same places below dist/. */
function copyAssets() {
	return src(ASSETS, { base: '.', encoding: false }).pipe(dest('dist'));
}

exports.clean = clean;
exports.build = series(clean, parallel(series(compile, join), copyAssets));
exports.default = exports.build;
