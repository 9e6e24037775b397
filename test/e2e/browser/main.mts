import { join } from 'node:path';
import type { Cases } from '../support/cases.mts';
import { readCsv, manualTrigger, workflow, type WorkflowJson } from '../support/workflows.mts';
import type { Stage } from '../support/stage.mts';
import { launchChromium } from './chromium.mts';
import { Editor } from './editor.mts';
import { mapping, SOURCE_ONLY } from './mapping.mts';
import { Pictures } from './pictures.mts';

/** How long the browser waits for anything before the case fails. */
const PATIENCE_MS = 20_000;

/** The workflows of these topics. */
export function browserWorkflows(files: string): (WorkflowJson & { id: string })[] {
	return [
		{
			id: SOURCE_ONLY,
			...workflow('Orders', [manualTrigger(), ...readCsv(join(files, 'orders.csv'))]),
		},
	];
}

/** Everything that an automation builder meets in n8n's editor, by Chromium. */
export async function inTheBrowser(
	cases: Cases,
	stage: Stage,
	pictureFolder: string,
): Promise<void> {
	const browser = await launchChromium();
	try {
		const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
		page.setDefaultTimeout(PATIENCE_MS);
		const pictures = new Pictures(pictureFolder);
		const editor = new Editor(page, stage.server.url);
		cases.onFailure(async () => {
			const name = `failed-${cases.failed}`;
			await new Pictures(join(process.cwd(), '.cache', 'e2e')).take(page, name);
			return `What the browser showed: .cache/e2e/${name}.png`;
		});

		cases.topic('In the editor: signing in');
		await cases.run('the owner signs in by the form', async () => {
			await editor.signIn();
		});
		await mapping(cases, stage, editor, pictures);
	} finally {
		await browser.close();
	}
}
