const { spawn } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { dest, parallel, series, src } = require('gulp');

/** Everything beside the code that n8n loads: the icons and the codex files. */
const ASSETS = ['nodes/**/*.{svg,png}', 'nodes/**/*.node.json', 'credentials/**/*.{svg,png}'];

/** Removes what an earlier build left, so that a deleted source file leaves no trace in the package. */
function clean() {
	return rm('dist', { recursive: true, force: true });
}

/** Compiles nodes/ and credentials/ into dist/, as tsconfig.json says. */
function compile() {
	return spawn(process.execPath, [require.resolve('typescript/bin/tsc')], { stdio: 'inherit' });
}

/** Copies the icons and the codex files to the same places below dist/. */
function copyAssets() {
	return src(ASSETS, { base: '.', encoding: false }).pipe(dest('dist'));
}

exports.clean = clean;
exports.build = series(clean, parallel(compile, copyAssets));
exports.default = exports.build;
