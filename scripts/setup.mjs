/**
 * Makes the checkout ready to work: checks Node and installs the packages where they are missing, outdated or half
 * installed. Every command of the project begins with it, so it uses nothing but Node itself.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The first versions that load ES modules by require(), which n8n's lint does: of Node 20, and of what came after it. */
const OLDEST_NODE_20 = 19;
const OLDEST_NODE_22 = 12;
const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** What npm says when an installation fails, and what to do about it. */
const ADVICE = [
	[
		/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|ENOTCACHED/,
		'The package registry could not be reached. Check the network connection (and the proxy, if there is one), then run the command again.',
	],
	[
		/ENOSPC/,
		'The disk is full: the packages need about 1 GB. Free some space, then run the command again.',
	],
	[
		/EINTEGRITY/,
		'A downloaded package is damaged. Run "npm cache clean --force", then the command again.',
	],
	[
		/EACCES|EPERM/,
		'A file in node_modules belongs to somebody else. Delete node_modules, then run the command again.',
	],
	[
		/EUSAGE/,
		'package.json and package-lock.json disagree. Run "npm install" and commit package-lock.json.',
	],
];

checkNode();
const missing = whatIsMissing();
if (missing) await install(missing);

function checkNode() {
	const [major, minor] = process.versions.node.split('.').map(Number);
	if (major === 20 && minor >= OLDEST_NODE_20) return;
	if (major > 22 || (major === 22 && minor >= OLDEST_NODE_22)) return;
	fail(
		`Node ${process.versions.node} is too old: this project needs 20.${OLDEST_NODE_20}, 22.${OLDEST_NODE_22} or newer. Install a newer one from https://nodejs.org.`,
	);
}

/**
 * Compares package-lock.json with node_modules/.package-lock.json, the list that npm itself leaves there at the end of each
 * installation. Returns undefined where they agree and every package is in its place.
 */
function whatIsMissing() {
	const modules = join(root, 'node_modules');
	if (!existsSync(modules)) return 'The packages are not installed yet.';

	const wanted = packagesIn(join(root, 'package-lock.json'));
	const installed = packagesIn(join(modules, '.package-lock.json'));
	if (!installed) return 'An earlier installation did not finish; repairing it.';

	for (const [place, { version, optional, devOptional, os, cpu, link }] of Object.entries(wanted)) {
		const mayBeAbsent = place === '' || optional || devOptional || os || cpu || link;
		if (mayBeAbsent) continue;
		if (!installed[place]) return `A package is new since the last installation: ${place}.`;
		if (installed[place].version !== version)
			return `A package has changed since the last installation: ${place}.`;
		if (!existsSync(join(root, place, 'package.json')))
			return `A package is damaged; repairing it: ${place}.`;
	}
	return undefined;
}

function packagesIn(file) {
	try {
		return JSON.parse(readFileSync(file, 'utf8')).packages;
	} catch {
		return undefined;
	}
}

async function install(reason) {
	say(`${reason} Installing (about 1 GB; one to two minutes) …`);
	const started = Date.now();
	const seconds = () => Math.round((Date.now() - started) / 1000);
	const progress = setInterval(() => say(`still installing, ${seconds()} s …`), 15_000);
	const { code, errors } = await npm([
		'ci',
		'--include=dev',
		'--prefer-offline',
		'--no-audit',
		'--no-fund',
		'--loglevel=error',
	]);
	clearInterval(progress);
	if (code !== 0) {
		const known = ADVICE.find(([pattern]) => pattern.test(errors));
		fail(
			known
				? known[1]
				: 'The installation failed; the lines above say why. Run the command again when that is settled.',
		);
	}
	say(`Packages installed in ${seconds()} s.`);
}

/** Runs npm: the one that runs this command, or else the one in the PATH. Its complaints are shown as they come. */
function npm(parameters) {
	const running = process.env.npm_execpath;
	const [command, first] =
		running && basename(running).startsWith('npm-cli')
			? [process.execPath, [running]]
			: ['npm', []];
	return new Promise((resolve) => {
		const child = spawn(command, [...first, ...parameters], {
			cwd: root,
			stdio: ['ignore', 'ignore', 'pipe'],
			shell: process.platform === 'win32' && command === 'npm',
		});
		let errors = '';
		child.stderr.on('data', (data) => {
			errors += data;
			process.stderr.write(data);
		});
		child.on('error', (error) => resolve({ code: 1, errors: `${errors}${error.message}` }));
		child.on('close', (code) => resolve({ code, errors }));
	});
}

function say(text) {
	console.log(`[setup] ${text}`);
}

function fail(text) {
	console.error(`[setup] ${text}`);
	process.exit(1);
}
