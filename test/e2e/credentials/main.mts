import { join } from 'node:path';
import { startStandin } from '../../../standin/server.mts';
import { launchChromium } from '../browser/chromium.mts';
import { Editor } from '../browser/editor.mts';
import { Pictures } from '../browser/pictures.mts';
import type { Cases } from '../support/cases.mts';
import type { Stage } from '../support/stage.mts';
import { Canaries } from './canaries.mts';
import { oAuth2 } from './oauth2.mts';
import { secrets } from './secrets.mts';
import { credentialTests } from './tests.mts';

/** How long the browser waits for anything before the case fails. */
const PATIENCE_MS = 60_000;

/** The three credential types in the editor, beside a stand-in whose secrets are looked for everywhere in the end. */
export async function credentials(
	cases: Cases,
	stage: Stage,
	pictureFolder: string,
): Promise<void> {
	const canaries = new Canaries();
	const standin = await startStandin({
		apiKey: canaries.apiKey,
		token: canaries.token,
		oauthClientSecret: canaries.clientSecret,
	});
	canaries.watch(standin);
	const browser = await launchChromium();
	try {
		const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
		page.setDefaultTimeout(PATIENCE_MS);
		// A window with unsaved changes would keep the page from being loaded anew.
		page.on('dialog', (dialog) => void dialog.accept());
		const editor = new Editor(page, stage.server.url);
		await editor.beSignedIn(stage.api.cookie);
		const pictures = new Pictures(pictureFolder);
		cases.onFailure(async () => {
			const name = `failed-${cases.failed}`;
			await new Pictures(join(process.cwd(), '.cache', 'e2e')).take(page, name);
			return `What the browser showed: .cache/e2e/${name}.png`;
		});
		const scene = { stage, page, editor, pictures, standin, canaries };
		await credentialTests(cases, scene);
		await oAuth2(cases, scene);
		await secrets(cases, scene);
	} finally {
		await browser.close();
		await standin.close();
	}
}
