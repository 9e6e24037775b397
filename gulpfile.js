const { spawn } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { dest, parallel, series, src } = require('gulp');

/** Everything beside the code that n8n loads: the icons and the codex files. */
const ASSETS = ['nodes/**/*.{svg,png}', 'nodes/**/*.node.json', 'credentials/**/*.{svg,png}'];

/** Of two packages with a command "tsc": the one that n8n's lint needs is the older. */
const TSC = 'node_modules/typescript-native/bin/tsc';

/** Removes what an earlier build left, so that a deleted source file leaves no trace in the package. */
async function clean() {
	await rm('dist', { recursive: true, force: true });
}

/**
 * Compiles nodes/ and credentials/ by TypeScript's native compiler, a readable file for each source file; an error in the types
 * fails the build.
 */
function compile() {
	const options = ['--project', 'tsconfig.build.json'];
	return spawn(process.execPath, [TSC, ...options], { stdio: 'inherit' });
}

/** Copies the icons and the codex files to the same places below dist/. */
function copyAssets() {
	return src(ASSETS, { base: '.', encoding: false }).pipe(dest('dist'));
}

exports.clean = clean;
exports.build = series(clean, parallel(compile, copyAssets));
exports.default = exports.build;
