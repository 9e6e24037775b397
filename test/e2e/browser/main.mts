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
	const flawed = workflow(
		FLAWED.name,
		[...rows('flawed.csv'), esputnik(SEND)],
		[end('Accepted'), end('To correct')],
	);
	return [
		{ ...workflow(SOURCE_ONLY.name, rows('orders.csv')), id: SOURCE_ONLY.id },
		{ ...workflow(BLANK.name, [...rows('orders.csv'), esputnik({})]), id: BLANK.id },
		{ ...flawed, id: FLAWED.id },
		{ ...workflow(LONG.name, [...rows('two-thousand.csv'), esputnik(slow)]), id: LONG.id },
		{ ...workflow(BLANK_DELETE.name, [manualTrigger(), esputnik({})]), id: BLANK_DELETE.id },
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
		const context = await browser.newContext({ viewport: { width: 1600, height: 900 } });
		context.setDefaultTimeout(PATIENCE_MS);
		const page = await context.newPage();
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
