import { existsSync } from 'node:fs';
import { chromium, selectors, type Browser } from 'playwright-core';
import { Advice } from '../../../scripts/realN8n/problems.mts';
import { findOrInstall, firstThere } from '../../../scripts/services/debian.mts';

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
	return await findOrInstall({
		title: 'Chromium',
		debianPackage: 'chromium',
		find: () => firstThere(USUAL_PLACES),
		otherwise:
			'Install it (Debian: apt-get install chromium) or name a Chrome or Chromium by CHROMIUM_BIN.',
	});
}
