import { existsSync } from 'node:fs';
import { execa } from 'execa';
import { chromium, selectors, type Browser } from 'playwright-core';
import { Advice } from '../../../scripts/realN8n/problems.mts';

const USUAL_PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * Starts Chromium: the one that `CHROMIUM_BIN` names, else the system's own, else Debian's package, which root can install.
 *
 * @throws {Advice} where there is none and none can be installed.
 */
export async function launchChromium(environment = process.env): Promise<Browser> {
	selectors.setTestIdAttribute('data-test-id');
	return await chromium.launch({
		handleSIGINT: false,
		executablePath: await findChromium(environment),
		args: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
	});
}

async function findChromium(environment: NodeJS.ProcessEnv): Promise<string> {
	const named = environment.CHROMIUM_BIN;
	if (named) {
		if (existsSync(named)) return named;
		throw new Advice(`CHROMIUM_BIN names ${named}, which does not exist.`);
	}
	const usual = USUAL_PLACES.find((place) => existsSync(place));
	if (usual !== undefined) return usual;
	if (process.getuid?.() === 0) return await installChromium();
	throw new Advice(
		'There is no Chromium. Install it (Debian: apt-get install chromium) or name a Chrome or Chromium by CHROMIUM_BIN.',
	);
}

async function installChromium(): Promise<string> {
	console.log('There is no Chromium; installing it by apt-get …');
	const options = { reject: false, all: true, stdin: 'ignore' } as const;
	await execa('apt-get', ['update', '-q'], options);
	const { exitCode, all } = await execa(
		'apt-get',
		['install', '-q', '-y', '--no-install-recommends', 'chromium'],
		{ ...options, env: { DEBIAN_FRONTEND: 'noninteractive' } },
	);
	const [installed] = USUAL_PLACES;
	if (exitCode === 0 && existsSync(installed)) return installed;
	throw new Advice(
		`There is no Chromium, and apt-get could not install it. Name one by CHROMIUM_BIN.\n${all.slice(-800)}`,
	);
}
