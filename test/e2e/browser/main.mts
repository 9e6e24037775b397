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
import { BLANK_IMPORT, contacts } from './contacts.mts';
import { BLANK_DELETE, deletion } from './deletion.mts';
import { Editor } from './editor.mts';
import { exampleRun } from './exampleRun.mts';
import { examples } from './examples.mts';
import { FLAWED, errorOutput } from './errorOutput.mts';
import { mapping, SOURCE_ONLY } from './mapping.mts';
import { BLANK, parameters, ZONE_OF_OLD } from './parameters.mts';
import { Pictures } from './pictures.mts';
import { LONG, stopping } from './stopping.mts';

/** What every topic in the browser needs: n8n's editor with its owner signed in, on a stage. */
export interface BrowserStage {
	readonly stage: Stage;
	readonly editor: Editor;
	readonly pictures: Pictures;
	readonly close: () => Promise<void>;
}

type Topic = (cases: Cases, stage: Stage, editor: Editor, pictures: Pictures) => Promise<void>;

/** Everything that an automation builder meets in n8n's editor, by Chromium. */
export const browserTopics = {
	signingIn: async (cases: Cases, { editor }: BrowserStage) => {
		pictureFailures(cases, editor, 'signingIn');
		cases.topic('In the editor: signing in');
		await cases.run('the owner signs in by the form', async () => {
			await editor.signIn();
		});
	},
	exampleRun: inTheEditor(exampleRun),
	examples: inTheEditor(examples),
	mapping: inTheEditor(mapping),
	parameters: inTheEditor(parameters),
	errorOutput: inTheEditor(errorOutput),
	contacts: inTheEditor(contacts),
	deletion: inTheEditor(deletion),
	stopping: inTheEditor(stopping),
	appearance: inTheEditor(appearance),
};

/** How long the browser waits for anything before the case fails. */
const PATIENCE_MS = 60_000;

/** The workflows of these topics. */
export function browserWorkflows(files: string): (WorkflowJson & { id: string })[] {
	const rows = (file: string) => [manualTrigger(), ...readCsv(join(files, file))];
	const slow = { ...SEND, accountTimezone: ZONE_OF_OLD, options: { batchSize: 10 } };
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
		{
			...workflow(BLANK_IMPORT.name, [
				...rows('orders.csv'),
				esputnik({ resource: 'contact', operation: 'import' }),
			]),
			id: BLANK_IMPORT.id,
		},
		{ ...workflow(BLANK_DELETE.name, [manualTrigger(), esputnik({})]), id: BLANK_DELETE.id },
	];
}

/** Opens Chromium before a stage, which is closed with it. */
export async function openBrowser(stage: Stage, pictureFolder: string): Promise<BrowserStage> {
	const browser = await launchChromium().catch(async (error: unknown) => {
		await stage.close();
		throw error;
	});
	const context = await browser.newContext({ viewport: { width: 1600, height: 900 } });
	context.setDefaultTimeout(PATIENCE_MS);
	const page = await context.newPage();
	return {
		stage,
		editor: new Editor(page, stage.server.url),
		pictures: new Pictures(pictureFolder),
		async close() {
			await browser.close();
			await stage.close();
		},
	};
}

/** A topic for somebody who has signed in. */
function inTheEditor(topic: Topic) {
	return async (cases: Cases, { stage, editor, pictures }: BrowserStage) => {
		pictureFailures(cases, editor, topic.name);
		await editor.start(stage.api.cookie);
		await topic(cases, stage, editor, pictures);
	};
}

/** Takes a picture of what the browser shows when a case has failed. */
function pictureFailures(cases: Cases, { page }: Editor, topic: string): void {
	cases.onFailure(async () => {
		const name = `failed-${topic}-${cases.failed}`;
		await new Pictures(join(process.cwd(), '.cache', 'e2e')).take(page, name);
		return `What the browser showed: .cache/e2e/${name}.png`;
	});
}
