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

	for (const [theme, icon] of [
		['dark', 'esputnik.dark.svg'],
		['light', 'esputnik.svg'],
	] as const)
		await cases.run(`the icon of the ${theme} theme`, async () => {
			await editor.setTheme(theme);
			await editor.openWorkflow(FLAWED);
			const image = editor.node('eSputnik').locator('img').first();
			assert.match((await image.getAttribute('src')) ?? '', new RegExp(`/${icon}$`));
			assert.ok(await image.evaluate((one: HTMLImageElement) => one.naturalWidth > 0));
			if (theme === 'light') return;
			await pictures.take(page, 'canvas-dark');
			const panel = await NodePanel.open(page, editor.node('eSputnik'));
			await pictures.takePanel(page, 'panel-dark');
			await panel.close();
		});
}
