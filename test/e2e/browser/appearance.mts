import assert from 'node:assert/strict';
import type { Cases } from '../support/cases.mts';
import type { Stage } from '../support/stage.mts';
import type { Editor } from './editor.mts';
import { FLAWED } from './errorOutput.mts';
import { NodePanel } from './nodePanel.mts';
import type { Pictures } from './pictures.mts';

/** Both themes. */
export async function appearance(
	cases: Cases,
	_stage: Stage,
	editor: Editor,
	pictures: Pictures,
): Promise<void> {
	cases.topic('In the editor: light and dark');
	const { page } = editor;

	const showsIcon = async (file: string) => {
		const image = editor.node('eSputnik').locator('img').first();
		assert.match((await image.getAttribute('src')) ?? '', new RegExp(`/${file}$`));
		assert.ok(await image.evaluate((one: HTMLImageElement) => one.naturalWidth > 0));
	};

	await cases.run('the icon of the light theme', async () => {
		await editor.openWorkflow(FLAWED);
		await showsIcon('esputnik.svg');
	});

	await cases.run('the icon of the dark theme', async () => {
		// n8n follows the system's theme until somebody chooses another.
		await page.emulateMedia({ colorScheme: 'dark' });
		await editor.node('eSputnik').locator('img[src$="/esputnik.dark.svg"]').waitFor();
		await showsIcon('esputnik.dark.svg');
		await pictures.take(page, 'canvas-dark');
		const panel = await NodePanel.open(page, editor.node('eSputnik'));
		await pictures.takePanel(page, 'panel-dark');
		await panel.close();
	});
}
