import { join } from 'node:path';
import type { Cases } from '../support/cases.mts';
import {
	SEND,
	end,
	esputnik,
	manualTrigger,
	readCsv,
	workflow,
	type WorkflowJson,
} from '../support/workflows.mts';
import type { Stage } from '../support/stage.mts';
import { appearance } from './appearance.mts';
import { launchChromium } from './chromium.mts';
import { BLANK_DELETE, deletion } from './deletion.mts';
import { Editor } from './editor.mts';
import { exampleRun } from './exampleRun.mts';
import { FLAWED, errorOutput } from './errorOutput.mts';
import { mapping, SOURCE_ONLY } from './mapping.mts';
import { BLANK, parameters } from './parameters.mts';
import { Pictures } from './pictures.mts';
import { LONG, stopping } from './stopping.mts';

const TOPICS = [exampleRun, mapping, parameters, errorOutput, deletion, stopping, appearance];

/** How long the browser waits for anything before the case fails. */
const PATIENCE_MS = 60_000;

/** The workflows of these topics. */
export function browserWorkflows(files: string): (WorkflowJson & { id: string })[] {
	const rows = (file: string) => [manualTrigger(), ...readCsv(join(files, file))];
	const slow = { ...SEND, options: { batchSize: 10 } };
	return [
		{ id: SOURCE_ONLY, ...workflow('Orders', rows('orders.csv')) },
		{ id: BLANK, ...workflow('Orders, node not set up', [...rows('orders.csv'), esputnik({})]) },
		{
			id: FLAWED,
			...workflow(
				'Orders with mistakes',
				[...rows('flawed.csv'), esputnik(SEND)],
				[end('Accepted'), end('To correct')],
			),
		},
		{ id: LONG, ...workflow('Many orders', [...rows('two-thousand.csv'), esputnik(slow)]) },
		{ id: BLANK_DELETE, ...workflow('Delete', [manualTrigger(), esputnik({})]) },
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
		const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
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
		for (const topic of TOPICS) await topic(cases, stage, editor, pictures);
	} finally {
		await browser.close();
	}
}
