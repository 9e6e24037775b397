import type { Cases } from '../support/cases.mts';
import { until } from '../support/runs.mts';
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
		await until(`the icon ${file}`, async () => {
			const shown = await image.evaluate((one: HTMLImageElement) => ({
				source: one.src,
				width: one.naturalWidth,
			}));
			return shown.source.endsWith(`/${file}`) && shown.width > 0;
		});
	};

	await cases.run('the icon of the light theme', async () => {
		await editor.openWorkflow(FLAWED);
		await showsIcon('esputnik.svg');
	});

	await cases.run('the icon of the dark theme', async () => {
		// n8n follows the system's theme until somebody chooses another.
		await page.emulateMedia({ colorScheme: 'dark' });
		await showsIcon('esputnik.dark.svg');
		await pictures.take(page, 'canvas-dark');
		const panel = await NodePanel.open(page, editor.node('eSputnik'));
		await pictures.takePanel(page, 'panel-dark');
		await panel.close();
	});
}
